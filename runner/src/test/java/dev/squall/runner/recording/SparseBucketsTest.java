package dev.squall.runner.recording;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.ByteBuffer;
import java.util.Random;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class SparseBucketsTest {
  @Test
  void bucketsLieAsHdrHistogramLaysThem() {
    Histogram histogram = new Histogram(1, Times.HIGHEST_MICROS, Times.DIGITS);
    Random random = new Random(7);
    for (int i = 0; i < 100_000; i++) {
      long value = (long) Math.exp(random.nextDouble() * Math.log(Times.HIGHEST_MICROS));
      assertThat(SparseBuckets.value(SparseBuckets.index(value)))
          .isEqualTo(histogram.lowestEquivalentValue(value));
    }
    // Buckets follow one another without a gap.
    for (int at = 0; at < SparseBuckets.index(Times.HIGHEST_MICROS); at++) {
      long last = histogram.highestEquivalentValue(SparseBuckets.value(at));
      assertThat(SparseBuckets.index(last)).isEqualTo(at);
      assertThat(SparseBuckets.index(last + 1)).isEqualTo(at + 1);
    }
  }

  @Test
  void aHundredDistinctTimesTakeLittleMoreThanAByteEach() {
    Times times = new Times();
    Random random = new Random(7);
    for (int i = 0; i < 100; i++) {
      times.record((long) (20e6 * Math.exp(random.nextGaussian() / 3)));
    }
    VarBytes out = new VarBytes();
    TimesCodec.write(times, out);
    assertThat(out.toArray()).hasSizeLessThan(140);
    Times read = TimesCodec.read(ByteBuffer.wrap(out.toArray()));
    Times sum = new Times();
    sum.add(read);
    sum.add(read);
    assertThat(read.histogram()).isEqualTo(times.histogram());
    assertThat(sum.histogram().getTotalCount()).isEqualTo(200);
    assertThat(sum.maxNanos()).isEqualTo(times.maxNanos());
  }

  @Test
  void bucketsThatDoNotAddUpAreRefused() {
    VarBytes out = new VarBytes();
    out.number(7 << 1 | 1);
    out.number(3);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseBuckets.read(ByteBuffer.wrap(out.toArray()), 2));
    VarBytes far = new VarBytes();
    far.number(1L << 40);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SparseBuckets.read(ByteBuffer.wrap(far.toArray()), 1));
  }
}
