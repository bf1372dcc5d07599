package dev.squall.runner.recording;

import java.nio.ByteBuffer;

/** Times as bytes: the exact figures, then the non-empty buckets. */
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
    SparseBuckets.write(times.histogram(), out);
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
    return Times.of(SparseBuckets.read(in, count), count, sum, min, max, clamped);
  }
}
