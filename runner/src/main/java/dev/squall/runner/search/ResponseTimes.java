package dev.squall.runner.search;

import dev.squall.runner.recording.PercentileInterval;

/**
 * The response times (intended to last byte, in microseconds) of what completed in some time:
 * whatever holds their distribution, such as a histogram.
 */
public interface ResponseTimes {
  /** How many there are. */
  long count();

  /** The value at a rank, 1 being the smallest and {@link #count()} the largest. */
  long atRank(long rank);

  /**
   * A percentile in µs, 0 without samples.
   *
   * @param percentile above 0 and below 100
   */
  default long percentile(double percentile) {
    return count() == 0 ? 0 : atRank(Math.max(1, (long) Math.ceil(percentile / 100 * count())));
  }

  /** Whether there are samples enough for a percentile's 95 % interval to have both ends. */
  default boolean suffice(double percentile) {
    PercentileInterval interval = PercentileInterval.of(count(), percentile);
    return interval.lowerRank() >= 1 && interval.upperRank() <= count();
  }
}
