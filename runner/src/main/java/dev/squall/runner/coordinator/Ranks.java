package dev.squall.runner.coordinator;

import dev.squall.runner.recording.Times;
import dev.squall.runner.search.ResponseTimes;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * The sorted sample as far as a histogram knows it: each value only to its bucket (0.1 %). Bounds
 * are the bucket's ends, narrowed by the exact minimum and maximum.
 */
final class Ranks {
  private final Times times;

  Ranks(Times times) {
    this.times = times;
  }

  /** Times as a search asks for them. */
  static ResponseTimes times(Times times) {
    Ranks ranks = new Ranks(times);
    return new ResponseTimes() {
      @Override
      public long count() {
        return ranks.count();
      }

      @Override
      public long atRank(long rank) {
        return ranks.atMost(rank);
      }
    };
  }

  long count() {
    return times.count();
  }

  /** The most that the value of this rank (1 to count) can be, in µs. */
  long atMost(long rank) {
    return Math.min(times.histogram().highestEquivalentValue(valueAt(rank)), maxMicros());
  }

  /** The least that the value of this rank (1 to count) can be, in µs. */
  long atLeast(long rank) {
    return Math.max(
        times.histogram().lowestEquivalentValue(valueAt(rank)), times.minNanos() / 1000);
  }

  /** How many values surely lie below the limit. */
  long countBelow(long limitMicros) {
    if (limitMicros > maxMicros()) {
      return times.count();
    }
    Histogram histogram = times.histogram();
    long below = 0;
    for (HistogramIterationValue value : histogram.recordedValues()) {
      if (value.getValueIteratedTo() >= limitMicros) {
        break;
      }
      below = value.getTotalCountToThisValue();
    }
    return below;
  }

  private long maxMicros() {
    return Math.ceilDiv(times.maxNanos(), 1000);
  }

  private long valueAt(long rank) {
    for (HistogramIterationValue value : times.histogram().recordedValues()) {
      if (value.getTotalCountToThisValue() >= rank) {
        return value.getValueIteratedTo();
      }
    }
    throw new IllegalArgumentException(
        "rank " + rank + " of " + times.count() + " samples does not exist");
  }
}
