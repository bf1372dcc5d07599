package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.Verdict;
import org.junit.jupiter.api.Test;

/** A runner that its CPU limit stops says nothing of the target. */
final class ThrottledE2E {
  private final Installed squall = Installed.shared();

  @Test
  void aRunnerOfHalfACpuThatIsAskedForTooMuchMakesTheRunInconclusive() {
    try (Space space = squall.space("throttled")) {
      String run = space.start(Manifests.greedy("500m", "20s"), "greedy");
      LoadTestRunStatus status = space.awaitCompleted(run, 180);
      assertThat(status.message()).contains("runner-0", "0.5 CPUs", "runners.resources");
      assertThat(status.reason()).isEqualTo("RunnerThrottled");
      assertThat(status.verdict()).isEqualTo(Verdict.Inconclusive);
      assertThat(status.requests()).isPositive();
    }
  }
}
