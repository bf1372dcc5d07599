# The image of deploy/s3/build.sh for those who have Docker. From the repository's root:
#   docker build -f deploy/images/s3.Dockerfile -t squall-s3:dev .
FROM golang:1.26 AS build
WORKDIR /build
COPY deploy/s3/go.mod deploy/s3/go.sum ./
RUN CGO_ENABLED=0 go build -trimpath -ldflags "-s -w" -o /versitygw github.com/versity/versitygw/cmd/versitygw

FROM scratch
COPY --from=build /versitygw /versitygw
ENV VGW_PORT=:9000
EXPOSE 9000
USER 65532:65532
ENTRYPOINT ["/versitygw"]
CMD ["posix", "/data"]
