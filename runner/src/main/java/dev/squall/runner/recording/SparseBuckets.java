package dev.squall.runner.recording;

import java.nio.ByteBuffer;
import java.util.Arrays;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;
import org.jspecify.annotations.Nullable;

/**
 * The non-empty buckets of a histogram of {@link Times}: of a second's times there are few, where
 * the histogram has thousands.
 *
 * <p>As bytes, each bucket is its distance from the one before, in buckets, doubled; one more, and
 * its count behind it, where that is not 1. So most take a byte.
 */
final class SparseBuckets {
  /** Half of the 2,048 buckets that 3 digits take for each doubling, as a power of two. */
  private static final int HALF_BITS = 10;

  private static final int HALF = 1 << HALF_BITS;

  /** Room for so many buckets is made at once. */
  private static final int FEW = 128;

  private static final int LAST = index(Times.HIGHEST_MICROS);

  private final int[] places;
  private final int buckets;

  /** Null where each bucket holds one value, as most do of a second's times. */
  private final long @Nullable [] counts;

  private SparseBuckets(int[] places, int buckets, long @Nullable [] counts) {
    this.places = places;
    this.buckets = buckets;
    this.counts = counts;
  }

  /** The place of a value's bucket among all, as HdrHistogram lays them out. */
  static int index(long value) {
    int doubling = Long.SIZE - HALF_BITS - 1 - Long.numberOfLeadingZeros(value | (2L * HALF - 1));
    return ((doubling + 1) << HALF_BITS) + (int) (value >>> doubling) - HALF;
  }

  /** The lowest value of a bucket. */
  static long value(int index) {
    int doubling = (index >> HALF_BITS) - 1;
    return doubling < 0 ? index : (long) ((index & (HALF - 1)) + HALF) << doubling;
  }

  static void write(Histogram histogram, VarBytes out) {
    int before = 0;
    for (HistogramIterationValue bucket : histogram.recordedValues()) {
      GiveWay.ifDue();
      int at = index(bucket.getValueIteratedTo());
      long count = bucket.getCountAtValueIteratedTo();
      out.number((long) (at - before) << 1 | (count == 1 ? 0 : 1));
      if (count != 1) {
        out.number(count);
      }
      before = at;
    }
  }

  /**
   * Reads so many values.
   *
   * @throws IllegalArgumentException if the buckets do not add up to them
   */
  static SparseBuckets read(ByteBuffer in, long count) {
    int[] places = new int[(int) Math.min(count, FEW)];
    long[] counts = null;
    int buckets = 0;
    long at = 0;
    for (long left = count; left > 0; ) {
      if (buckets % FEW == 0) {
        GiveWay.ifDue();
      }
      long step = VarBytes.number(in);
      long here = (step & 1) == 0 ? 1 : VarBytes.number(in);
      at += step >>> 1;
      if (here <= 0 || here > left || at < 0 || at > LAST) {
        throw new IllegalArgumentException("a histogram's buckets do not add up to its count");
      }
      if (buckets == places.length) {
        places = Arrays.copyOf(places, 2 * buckets);
        counts = counts == null ? null : Arrays.copyOf(counts, 2 * buckets);
      }
      if (here != 1 && counts == null) {
        counts = new long[places.length];
        Arrays.fill(counts, 0, buckets, 1);
      }
      if (counts != null) {
        counts[buckets] = here;
      }
      places[buckets++] = (int) at;
      left -= here;
    }
    return new SparseBuckets(places, buckets, counts);
  }

  /** Adds all of them to a histogram. */
  void addTo(Histogram histogram) {
    long[] many = counts;
    for (int i = 0; i < buckets; i++) {
      if (i % FEW == 0) {
        GiveWay.ifDue();
      }
      histogram.recordValueWithCount(value(places[i]), many == null ? 1 : many[i]);
    }
  }
}
