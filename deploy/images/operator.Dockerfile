# The image of operator.sh for those who have Docker, but without its AOT cache. From the repository's root:
#   mvn -q package -DskipTests && docker build -f deploy/images/operator.Dockerfile -t squall-operator:dev .
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends binutils
COPY deploy/images/files.sh deploy/images/jre.modules deploy/images/operator.flags /build/
RUN /build/files.sh runtime "$JAVA_HOME" "$(paste -sd, /build/jre.modules)" /image
COPY operator/target/quarkus-app /build/program
RUN /build/files.sh program "$JAVA_HOME" /build/program /build/operator.flags /image

FROM scratch
COPY --from=build /image /
ENV PATH=/opt/jre/bin JAVA_HOME=/opt/jre LANG=C.UTF-8
WORKDIR /app
USER 65532:65532
ENTRYPOINT ["/opt/jre/bin/java", "@/app/java.flags", "-jar", "/app/quarkus-run.jar"]
