package dev.squall.runner.search;

import java.util.Arrays;

/** Response times held one by one, in microseconds. */
final class SampledTimes implements ResponseTimes {
  private final long[] sorted;

  SampledTimes(long... micros) {
    sorted = micros.clone();
    Arrays.sort(sorted);
  }

  @Override
  public long count() {
    return sorted.length;
  }

  @Override
  public long atRank(long rank) {
    return sorted[(int) rank - 1];
  }
}
