package dev.squall.runner.recording;

import java.nio.ByteBuffer;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/** Times as bytes: the exact figures, then the distance and count of each non-empty bucket. */
final class TimesCodec {
  private TimesCodec() {}

  static void write(Times times, VarBytes out) {
    out.number(times.count());
    if (times.count() == 0) {
      return;
    }
    out.number(times.sumNanos());
    out.number(times.minNanos());
    out.number(times.maxNanos());
    out.number(times.clamped());
    long before = 0;
    for (HistogramIterationValue bucket : times.histogram().recordedValues()) {
      long value = times.histogram().lowestEquivalentValue(bucket.getValueIteratedTo());
      out.number(value - before);
      out.number(bucket.getCountAtValueIteratedTo());
      before = value;
    }
  }

  static Times read(ByteBuffer in) {
    long count = VarBytes.number(in);
    if (count == 0) {
      return new Times();
    }
    long sum = VarBytes.number(in);
    long min = VarBytes.number(in);
    long max = VarBytes.number(in);
    long clamped = VarBytes.number(in);
    Histogram histogram = Times.histogram(Math.min(Times.HIGHEST_MICROS, max / 1000 + 1));
    long value = 0;
    for (long left = count; left > 0; ) {
      value += VarBytes.number(in);
      long at = VarBytes.number(in);
      if (at <= 0 || at > left || value < 0 || value > Times.HIGHEST_MICROS) {
        throw new IllegalArgumentException("a histogram's buckets do not add up to its count");
      }
      histogram.recordValueWithCount(value, at);
      left -= at;
    }
    return Times.of(histogram, count, sum, min, max, clamped);
  }
}
