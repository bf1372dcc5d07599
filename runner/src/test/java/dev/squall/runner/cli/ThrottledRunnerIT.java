package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.RunValidity.RunnerHealth;
import dev.squall.api.wire.Summary;
import dev.squall.runner.coordinator.Plans;
import dev.squall.runner.rehearsal.AnsweringTarget;
import java.nio.file.Path;
import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A runner in a control group that stops it, beside a coordinator that is not limited. */
class ThrottledRunnerIT {
  private static final Duration RUN = Duration.ofMinutes(4);

  @TempDir private Path root;

  @Test
  void aRunnerThatIsAskedForMoreThanItsLimitMakesTheRunInconclusiveForThatReason()
      throws Exception {
    // A tenth of a CPU is far less than these users take wherever this runs.
    try (CpuLimit limit = CpuLimit.of(100);
        AnsweringTarget target = new AnsweringTarget()) {
      Plan plan =
          Plans.plan(
              1,
              "http://127.0.0.1:" + target.port(),
              """
              loads: [{name: all, users: {count: 64, spawnRate: 1000}, duration: 6s}]
              scenarios:
                - name: buyer
                  tasks: [{name: predict, request: {method: POST, path: /predict}}]
              thresholds: [{failureRatio: {below: 0.01}}]
              """);
      int ports = PodProcess.freePorts(1);
      try (PodProcess runner = PodProcess.runner(root, plan, 0, ports, limit);
          PodProcess coordinator = PodProcess.coordinator(root, plan, ports)) {
        Summary summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
        assertThat(summary.message()).contains("runner-0", "0.1 CPUs", "runners.resources");
        assertThat(summary.reason()).isEqualTo("RunnerThrottled");
        assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
        RunnerHealth health = summary.validity().runners().getFirst();
        assertThat(health.limitMilliCpus()).isEqualTo(100);
        assertThat(health.throttledPeriods()).isPositive();
        assertThat(health.throttledMicros()).isGreaterThan(1_000_000);
        assertThat(summary.requests()).isPositive();
        assertThat(runner.awaitExit(RUN)).isZero();
      }
    }
  }
}
