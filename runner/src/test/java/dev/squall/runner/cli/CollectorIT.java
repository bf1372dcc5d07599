package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.RunValidity.RunnerHealth;
import dev.squall.api.wire.Summary;
import dev.squall.runner.Again;
import dev.squall.runner.FixedAnswers;
import dev.squall.runner.results.SummaryJson;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** The share of time in the garbage collector, with the image's flags in a pod of 512 MiB. */
@Timeout(400)
class CollectorIT {
  private static final Duration LOAD = Duration.ofSeconds(20);
  private static final double MOST = 0.001;
  private static final String BODY = "{\"diagnosis\":\"clear\",\"probability\":0.73}";

  @TempDir private Path root;

  @Test
  void aSaturatedRunIsInTheCollectorForLessThanAThousandthOfItsTime() throws Exception {
    Again.ifSpoiled(this::isSeldomInTheCollector);
  }

  private void isSeldomInTheCollector() throws Exception {
    Path folder = Files.createTempDirectory(root, "run");
    Files.writeString(folder.resolve("loadtest.yaml"), manifest());
    String answer =
        "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: %d\r\n\r\n%s"
            .formatted(BODY.length(), BODY);
    try (FixedAnswers target = new FixedAnswers(ServerSocketFactory.getDefault(), '}', answer)) {
      Process process =
          new ProcessBuilder(command("http://127.0.0.1:" + target.port()))
              .directory(folder.toFile())
              .redirectErrorStream(true)
              .redirectOutput(folder.resolve("log").toFile())
              .start();
      try {
        CollectingThread thread = new CollectingThread(process);
        boolean ended = false;
        while (target.requests() == 0 && !ended) {
          ended = process.waitFor(10, TimeUnit.MILLISECONDS);
        }
        long before = thread.ranNanos();
        long ran = 0;
        while (!process.waitFor(50, TimeUnit.MILLISECONDS)) {
          ran = Math.max(ran, thread.ranNanos() - before);
        }
        RunnerHealth health = health(folder);
        assertThat(health.collections()).as("heard of").isPositive();
        long paused = Objects.requireNonNull(health.collectionMicros());
        // Where other work has the CPU a pause takes longer than what is done in it.
        long micros = Math.min(paused, TimeUnit.NANOSECONDS.toMicros(ran));
        assertThat(micros / 1e6)
            .as("%s; its thread ran for %d us; %d requests", health, ran / 1000, target.requests())
            .isLessThan(MOST * LOAD.toSeconds());
      } finally {
        process.destroyForcibly().waitFor();
      }
    }
  }

  private static String manifest() {
    return """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: one}
        spec:
          target: {url: "http://127.0.0.1:1"}
          loads: [{name: all, users: {count: 64, spawnRate: 64}, duration: %ds}]
          scenarios:
            - name: patient
              tasks:
                - name: predict
                  request: {method: POST, path: /predict, json: {payload: patient}, timeout: 40s}
                  expect: {status: [200], json: [{path: $.diagnosis, equals: {value: clear}}]}
          payloads:
            - name: patient
              fields:
                age: {integer: {min: 29, max: 77}}
                oldpeak: {number: {min: 0, max: 6.2, decimals: 1}}
                thal: {choice: [{value: 0}, {value: 1}]}
        """
        .formatted(LOAD.toSeconds());
  }

  private static RunnerHealth health(Path folder) throws Exception {
    try (Stream<Path> files = Files.walk(folder.resolve("results"))) {
      Path file = files.filter(one -> one.endsWith("summary.json")).findFirst().orElseThrow();
      Summary summary = SummaryJson.parse(Files.readAllBytes(file));
      assertThat(summary.failureReasons()).isEmpty();
      return summary.validity().runners().getFirst();
    }
  }

  /** The program with the JVM's flags that stand in the image's file, and the memory of its pod. */
  private static List<String> command(String url) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(ProcessHandle.current().info().command().orElse("java"));
    try (Stream<String> flags = Files.lines(Path.of("../deploy/images/runner.flags"))) {
      // Where the image keeps its native libraries.
      flags
          .filter(flag -> flag.startsWith("-") && !flag.startsWith("-Djava.library.path"))
          .forEach(command::add);
    }
    command.addAll(List.of("-XX:MaxRAM=512m", "-cp", System.getProperty("java.class.path")));
    command.addAll(List.of(Main.class.getName(), "run", "loadtest.yaml", "--target", url));
    return command;
  }
}
