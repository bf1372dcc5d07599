# The image of runner.sh for those who have Docker. From the repository's root:
#   mvn -q package -DskipTests && docker build -f deploy/images/runner.Dockerfile -t squall-runner:dev .
FROM eclipse-temurin:25-jdk AS build
RUN apt-get update && apt-get install -y --no-install-recommends binutils
COPY deploy/images/files.sh deploy/images/runner.modules deploy/images/runner.flags deploy/images/runner.without deploy/images/runner.train /build/
RUN /build/files.sh runtime "$JAVA_HOME" "$(paste -sd, /build/runner.modules)" /image
COPY runner/target/image /build/program
RUN /build/files.sh program "$JAVA_HOME" /build/program /build/runner.flags /image && cp /build/runner.train /image/app/

FROM scratch
COPY --from=build /image /
ENV PATH=/opt/jre/bin JAVA_HOME=/opt/jre LANG=C.UTF-8
WORKDIR /app
# The AOT cache is trained in the image itself, since it holds only for files of the same paths, dates and sizes.
RUN ["/opt/jre/bin/java", "@/app/java.flags", "-XX:AOTCacheOutput=/app/squall.aot", "@/app/runner.train"]
USER 65532:65532
ENTRYPOINT ["/opt/jre/bin/java", "@/app/java.flags", "-XX:AOTCache=/app/squall.aot", "-jar", "/app/runner.jar"]
