package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.Summary;
import dev.squall.runner.engine.Http2Target;
import dev.squall.runner.results.SummaryJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The program with the libraries that the image gets, and no others: tests have more of them on
 * their class path.
 */
@Timeout(120)
class PackagedIT {
  private static final Path JAR = Path.of("target/image/runner.jar").toAbsolutePath();

  @TempDir private Path folder;

  @Test
  void http2NeedsNoLibraryThatOnlyTestsHave() throws Exception {
    assertThat(JAR).as("made by mvn package").exists();
    Files.writeString(
        folder.resolve("loadtest.yaml"),
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: one}
        spec:
          target: {url: "http://127.0.0.1:1", protocol: HTTP2}
          loads: [{name: all, users: {count: 2, spawnRate: 2}, iterations: 20}]
          scenarios:
            - name: client
              tasks: [{name: get, request: {path: /}, expect: {status: [200]}}]
        """);
    try (Http2Target target = Http2Target.ok()) {
      Process process =
          new ProcessBuilder(
                  ProcessHandle.current().info().command().orElse("java"),
                  "--sun-misc-unsafe-memory-access=allow",
                  "-jar",
                  JAR.toString(),
                  "run",
                  "loadtest.yaml",
                  "--target",
                  "http://127.0.0.1:" + target.port())
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      try {
        assertThat(process.waitFor(100, TimeUnit.SECONDS)).as("it ends").isTrue();
      } finally {
        process.destroyForcibly().waitFor();
      }
      String log = Files.readString(folder.resolve("log"));
      assertThat(process.exitValue()).as(log).isZero();
      Summary summary = summary();
      assertThat(summary.requests()).as(log).isEqualTo(20);
      assertThat(summary.failures()).as(log).isZero();
      assertThat(target.requests()).isEqualTo(20);
    }
  }

  private Summary summary() throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
      Path file = files.filter(one -> one.endsWith("summary.json")).findFirst().orElseThrow();
      return SummaryJson.parse(Files.readAllBytes(file));
    }
  }
}
