package dev.squall.runner.search;

import java.util.Arrays;

/** Response times in buckets of 3 %. */
final class BucketedTimes implements ResponseTimes {
  private static final int SHIFT = 52 - 5;
  private static final int LOWEST = (int) (Double.doubleToRawLongBits(0x1p-4) >> SHIFT);

  private final int[] buckets = new int[32 * 40];
  private long count;

  void add(double micros) {
    count++;
    buckets[Math.max(0, (int) (Double.doubleToRawLongBits(micros) >> SHIFT) - LOWEST)]++;
  }

  void clear() {
    count = 0;
    Arrays.fill(buckets, 0);
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long atRank(long rank) {
    long seen = 0;
    int bucket = -1;
    while (seen < rank) {
      seen += buckets[++bucket];
    }
    return (long) Double.longBitsToDouble((long) (bucket + LOWEST + 1) << SHIFT);
  }
}
