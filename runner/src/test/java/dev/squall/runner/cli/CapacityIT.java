package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.check.Checked;
import dev.squall.api.check.Manifests;
import dev.squall.api.v1alpha1.CapacityLimit;
import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.LevelOutcome;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary;
import dev.squall.runner.plan.Sources;
import dev.squall.runner.results.ResultFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Objects;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Searches over a target on loopback whose capacity is its workers' by its own clock. */
class CapacityIT {
  @TempDir private Path folder;
  private WorkerTarget target;

  @BeforeEach
  void startTarget() throws IOException {
    target = new WorkerTarget(2, Duration.ofMillis(10));
  }

  @AfterEach
  void endTarget() throws IOException {
    target.close();
  }

  private Summary run(int runners, String spec) throws IOException, InterruptedException {
    String text =
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: knee, namespace: shop}
        spec:
          target: {url: '%s'}
          scenarios: [{name: all, tasks: [{name: get, request: {method: GET, path: /}}]}]
        """
                .formatted(target.url())
            + spec.indent(2);
    Plan plan =
        switch (Manifests.check(text).getFirst()) {
          case Checked.Accepted(var manifest) ->
              new Plan("shop", "knee", "knee-1", "uid", runners, target.url(), manifest.spec());
          case Checked.Refused(var name, var problems) ->
              throw new IllegalArgumentException(name + ": " + problems);
        };
    try (LocalRun run =
        new LocalRun(plan, Sources.ofPod(), folder.resolve("out"), folder.resolve("work"))) {
      return run.run();
    }
  }

  @Test
  void theRateThatATargetHoldsIsFoundAndConfirmed() throws Exception {
    Summary summary =
        run(
            2,
            """
            loads: [{name: all, arrivals: {rate: 1, maxInFlight: 64}, duration: 1s, gracefulStop: 1s}]
            thresholds: [{responseTime: {percentile: 50, below: 200ms}}]
            capacity: {rate: {from: 100, to: 1000}, precision: 0.5, settle: 1s, trial: 15s, confirm: 10s, confirmAtMost: 20s, atMost: 4m}
            """);
    CapacityStatus capacity = Objects.requireNonNull(summary.capacity());
    assertThat(summary.verdict()).as(summary.message()).isEqualTo(Verdict.Passed);
    assertThat(summary.reason()).isEqualTo("CapacityFound");
    long level = Objects.requireNonNull(capacity.milliLevel());
    assertThat(level / 1000.0).isBetween(target.capacity() * 0.45, target.capacity() * 1.02);
    assertThat(capacity.milliRefused()).isGreaterThan(level);
    assertThat(capacity.limitedBy()).isIn(CapacityLimit.Threshold, CapacityLimit.OverSaturation);
    assertThat(capacity.curve())
        .extracting(LevelResult::milliLevel)
        .isSorted()
        .contains(100_000L, 200_000L, level);
    LevelResult answer =
        capacity.curve().stream().filter(LevelResult::confirms).findFirst().orElseThrow();
    assertThat(answer.outcome()).isEqualTo(LevelOutcome.Holds);
    assertThat(answer.milliRequestsPerSecond() / 1000.0)
        .isBetween(answer.milliLevel() * 0.9 / 1000, answer.milliLevel() * 1.1 / 1000);
    assertThat(Files.readString(folder.resolve("out").resolve(ResultFiles.SUMMARY)))
        .contains("CapacityFound");
  }

  @Test
  void aSweepHasARowForEachLevelHeldUntilItIsSteady() throws Exception {
    Summary summary =
        run(
            1,
            """
            loads: [{name: all, users: {count: 1, spawnRate: 10}, duration: 1s, gracefulStop: 1s}]
            sweep: {users: [1, 2, 6], settle: 1s, window: 2s, percentile: 50, tolerance: 0.25}
            """);
    assertThat(summary.verdict()).as(summary.message()).isEqualTo(Verdict.Passed);
    assertThat(summary.sweep())
        .extracting(LevelResult::milliLevel)
        .containsExactly(1000L, 2000L, 6000L);
    assertThat(summary.sweep()).allMatch(row -> row.outcome() == LevelOutcome.Steady);
    // Two users have a worker each; six share them, and wait for two others first.
    LevelResult two = summary.sweep().get(1);
    LevelResult six = summary.sweep().get(2);
    assertThat(six.responseTimeMicros()).isGreaterThan(2 * two.responseTimeMicros());
    assertThat(two.milliRequestsPerSecond())
        .isGreaterThan(summary.sweep().get(0).milliRequestsPerSecond() * 3 / 2);
  }
}
