package dev.squall.operator.lifecycle;

import dev.squall.api.check.Durations;
import dev.squall.api.check.LoadLength;
import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.LoadTestSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;

/**
 * Until when a run must have come how far. They are backstops: the coordinator keeps shorter ones
 * itself, so that a run whose coordinator works never meets these.
 */
final class Deadlines {
  /** What the coordinator may be late by: clocks, the last tasks of {@code onStop}, polling. */
  static final Duration LOAD_MARGIN = Duration.ofMinutes(2);

  /** How long merging, judging and storing (which retries) may take. */
  static final Duration FINISHING = Duration.ofMinutes(30);

  private Deadlines() {}

  /** When the run was accepted: from then on {@code startTimeout} counts. */
  static Optional<Instant> accepted(LoadTestRunStatus status) {
    return status.conditions().stream()
        .filter(c -> c.type().equals("Accepted") && c.status().equals("True"))
        .map(Condition::lastTransitionTime)
        .map(Instant::parse)
        .findFirst();
  }

  /** When target, coordinator and runners must be ready. */
  static Instant start(LoadTestSpec test, Instant accepted) {
    return accepted.plus(Durations.parse(test.startTimeout()));
  }

  /**
   * When the last request must have been sent or cut off; empty where nobody can tell when the
   * loads end.
   *
   * @param latestStart the start instant, or the latest it can have been
   */
  static Optional<Instant> load(LoadTestSpec test, Instant latestStart) {
    return LoadLength.longest(test).map(longest -> latestStart.plus(longest).plus(LOAD_MARGIN));
  }
}
