package dev.squall.runner.control;

import dev.squall.runner.control.RunnerState.Fault;
import java.time.Duration;

/** How long no coordinator has spoken to a runner, and what is too long. Thread-safe. */
final class CoordinatorSilence {
  private final MonotonicClock clock;
  private final Duration most;
  private volatile long heardNanos;

  /**
   * One that begins now.
   *
   * @param most longer than this is too long
   */
  CoordinatorSilence(MonotonicClock clock, Duration most) {
    this.clock = clock;
    this.most = most;
    heard();
  }

  /** A coordinator speaks. */
  void heard() {
    heardNanos = clock.nanos();
  }

  /** When one last spoke. */
  long heardNanos() {
    return heardNanos;
  }

  boolean tooLong() {
    return clock.nanos() - heardNanos > most.toNanos();
  }

  /** Too long a silence as what broke. */
  Fault fault() {
    return new Fault(
        "CoordinatorSilent",
        "no word from a coordinator for %d s, so the runner stopped its load by itself; see why"
                .formatted(most.toSeconds())
            + " the coordinator's pod was gone");
  }
}
