package dev.squall.runner.recording;

import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * Times of requests: an HdrHistogram (3 significant digits, 1 µs to 1 h, in microseconds; delays
 * from 0) with exact count, sum, minimum and maximum (in nanoseconds) beside it. Not thread-safe:
 * one writer, and readers only after it is handed over.
 *
 * <p>Merging by {@link #add} is lossless: the result equals one object fed with all the values,
 * bucket for bucket.
 */
public final class Times {
  /** Largest value of the histogram in microseconds: one hour. */
  public static final long HIGHEST_MICROS = 3_600_000_000L;

  /** Significant decimal digits of the histogram. */
  public static final int DIGITS = 3;

  private @Nullable Histogram histogram;

  /** What the codec read, until a histogram is asked for: most are only added to another. */
  private @Nullable SparseBuckets read;

  private long count;
  private long sumNanos;
  private long minNanos = Long.MAX_VALUE;
  private long maxNanos;
  private long clamped;

  /** No times yet. */
  public Times() {}

  /** A histogram that holds values up to so many microseconds, and grows with larger ones. */
  private static Histogram histogram(long highestMicros) {
    // The layout depends on the digits alone, so histograms of any range merge without loss.
    Histogram histogram = new Histogram(1, Math.max(2, highestMicros), DIGITS);
    histogram.setAutoResize(true);
    return histogram;
  }

  /** Times read back by the codec; there is at least one. */
  static Times of(
      SparseBuckets buckets,
      long count,
      long sumNanos,
      long minNanos,
      long maxNanos,
      long clamped) {
    Times times = new Times();
    times.read = buckets;
    times.count = count;
    times.sumNanos = sumNanos;
    times.minNanos = minNanos;
    times.maxNanos = maxNanos;
    times.clamped = clamped;
    return times;
  }

  /** Counts one time in nanoseconds; the histogram takes it rounded to the microsecond. */
  public void record(long nanos) {
    record(nanos, 1);
  }

  /** Counts one delay in nanoseconds, for which less than a microsecond is none: not clamped. */
  public void recordDelay(long nanos) {
    record(nanos, 0);
  }

  /** Counts so many delays of nothing at all. */
  void recordNoDelay(int times) {
    if (times > 0) {
      histogram().recordValueWithCount(0, times);
      count += times;
      minNanos = 0;
    }
  }

  private void record(long nanos, long leastMicros) {
    long micros = (nanos + 500) / 1000;
    if (micros < leastMicros || micros > HIGHEST_MICROS) {
      clamped++;
      micros = micros < leastMicros ? leastMicros : HIGHEST_MICROS;
    }
    histogram().recordValue(micros);
    count++;
    sumNanos += nanos;
    minNanos = Math.min(minNanos, nanos);
    maxNanos = Math.max(maxNanos, nanos);
  }

  /** Adds all times of another object. */
  public void add(Times other) {
    if (other.count == 0) {
      return;
    }
    GiveWay.ifDue();
    SparseBuckets buckets = other.read;
    if (buckets == null) {
      histogram().add(other.histogram());
    } else {
      buckets.addTo(histogram());
    }
    count += other.count;
    sumNanos += other.sumNanos;
    minNanos = Math.min(minNanos, other.minNanos);
    maxNanos = Math.max(maxNanos, other.maxNanos);
    clamped += other.clamped;
  }

  /** Forgets all times, keeps the memory. */
  public void reset() {
    if (histogram != null) {
      GiveWay.ifDue();
      histogram.reset();
    }
    read = null;
    count = 0;
    sumNanos = 0;
    minNanos = Long.MAX_VALUE;
    maxNanos = 0;
    clamped = 0;
  }

  /** Exact number of times. */
  public long count() {
    return count;
  }

  /** Exact sum in nanoseconds. */
  public long sumNanos() {
    return sumNanos;
  }

  /** Exact minimum in nanoseconds; 0 if there is none. */
  public long minNanos() {
    return count == 0 ? 0 : minNanos;
  }

  /** Exact maximum in nanoseconds; 0 if there is none. */
  public long maxNanos() {
    return maxNanos;
  }

  /** Exact mean in nanoseconds; 0 if there is none. */
  public double meanNanos() {
    return count == 0 ? 0 : (double) sumNanos / count;
  }

  /** How many values were outside the histogram's range, and stand at that end of it. */
  public long clamped() {
    return clamped;
  }

  /**
   * Value at a percentile in microseconds: the largest value that the histogram cannot tell from it
   * (at most 0.1 % above), never above the exact maximum; 0 if there is none.
   *
   * @param percentile 0 to 100
   */
  public long percentileMicros(double percentile) {
    GiveWay.ifDue();
    return Math.min(histogram().getValueAtPercentile(percentile), (maxNanos + 500) / 1000);
  }

  /** The histogram itself, in microseconds: read it, do not write to it. */
  public Histogram histogram() {
    Histogram dense = histogram;
    if (dense == null) {
      dense = histogram(Math.min(HIGHEST_MICROS, maxNanos / 1000 + 1));
      histogram = dense;
      if (read != null) {
        read.addTo(dense);
        read = null;
      }
    }
    return dense;
  }
}
