package dev.squall.runner.cli;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.Summary;
import dev.squall.runner.OtherJvm;
import dev.squall.runner.results.SummaryJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** More users than the network namespace has local ports. */
@Timeout(300)
class PortsIT {
  private static final int PORTS = 16;
  private static final int USERS = 40;

  @TempDir private Path folder;

  @Test
  void aRunThatRunsOutOfLocalPortsIsInconclusiveAndSaysTheCure() throws Exception {
    Files.writeString(folder.resolve("index.html"), "x");
    Files.writeString(
        folder.resolve("loadtest.yaml"),
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: ports, namespace: shop}
        spec:
          target: {service: {name: shop, port: 8080}}
          loads: [{name: all, users: {count: %d, spawnRate: 200}, duration: 3s, gracefulStop: 2s}]
          scenarios:
            - name: buyer
              wait: {constant: 100ms}
              tasks: [{name: page, request: {path: /index.html}}]
        """
            .formatted(USERS));
    Process run =
        new ProcessBuilder(
                LocalPorts.command(
                    40_000,
                    PORTS,
                    8080,
                    folder.toString(),
                    OtherJvm.command(
                        Main.class,
                        List.of(),
                        List.of("run", "loadtest.yaml", "--target", "http://127.0.0.1:8080"))))
            .directory(folder.toFile())
            .redirectErrorStream(true)
            .redirectOutput(folder.resolve("out").toFile())
            .start();
    try {
      assertThat(run.waitFor(240, TimeUnit.SECONDS)).as("ended in time").isTrue();
    } finally {
      run.descendants().forEach(ProcessHandle::destroyForcibly);
      run.destroyForcibly();
    }
    String out = Files.readString(folder.resolve("out"), UTF_8);
    assertThat(run.exitValue()).as(out).isEqualTo(ExitCode.INCONCLUSIVE.code());
    assertThat(out)
        .contains("RunnerOutOfPorts", "no free local port", "net.ipv4.ip_local_port_range");
    Summary summary;
    try (Stream<Path> results = Files.list(folder.resolve("results"))) {
      Path its = results.findFirst().orElseThrow();
      summary = SummaryJson.parse(Files.readAllBytes(its.resolve("summary.json")));
    }
    assertThat(summary.failureReasons())
        .singleElement()
        .satisfies(
            failure -> {
              assertThat(failure.kind()).isEqualTo("ports");
              assertThat(failure.reason()).isEqualTo("no free local port");
            });
    // Those that got one were served.
    assertThat(summary.requests()).isGreaterThan(summary.failures());
    assertThat(summary.connections().addresses())
        .singleElement()
        .satisfies(address -> assertThat(address.connections()).isBetween(1L, (long) PORTS));
    assertThat(summary.validity().warnings())
        .anySatisfy(warning -> assertThat(warning).contains("of 16 local ports"));
  }
}
