package dev.squall.runner.coordinator;

import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * The instant at which all runners begin, in a search with its first trial: interval k ends k
 * seconds later.
 *
 * @param instant on the wall clock
 * @param nanos on the coordinator's monotonic clock
 */
record LoadStart(Instant instant, long nanos) {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  /** The end of an interval on the coordinator's monotonic clock, in ns. */
  long nanosAfter(int interval) {
    return nanos + interval * SECOND;
  }

  /** The end of an interval on the wall clock, in ms. */
  long epochMillisAfter(int interval) {
    return instant.plusSeconds(interval).toEpochMilli();
  }

  /** Seconds since then. */
  double secondsUntil(long nowNanos) {
    return (nowNanos - nanos) / (double) SECOND;
  }
}
