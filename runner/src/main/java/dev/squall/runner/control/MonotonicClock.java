package dev.squall.runner.control;

/** The clock that intervals are cut by; a test moves its own. */
@FunctionalInterface
public interface MonotonicClock {
  /** ns on the scale of {@link System#nanoTime()}. */
  long nanos();
}
