package dev.squall.runner.coordinator;

import dev.squall.runner.recording.Times;
import io.prometheus.metrics.model.snapshots.ClassicHistogramBuckets;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot.HistogramDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import java.util.Arrays;
import org.HdrHistogram.HistogramIterationValue;

/** Times as a Prometheus histogram, which every scrape has whole; pure. */
final class Distribution {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double NANOS_PER_SECOND = 1e9;

  /** Upper ends of the buckets, in seconds: three for each factor of ten, 1 ms to 1 min. */
  private static final double[] BUCKETS = {
    0.001,
    0.002,
    0.005,
    0.01,
    0.02,
    0.05,
    0.1,
    0.2,
    0.5,
    1,
    2,
    5,
    10,
    20,
    60,
    Double.POSITIVE_INFINITY
  };

  private Distribution() {}

  static HistogramDataPointSnapshot of(Labels labels, Times times) {
    Number[] counts = new Number[BUCKETS.length];
    Arrays.fill(counts, 0L);
    int bucket = 0;
    for (HistogramIterationValue value : times.histogram().recordedValues()) {
      while (value.getValueIteratedTo() > BUCKETS[bucket] * MICROS_PER_SECOND) {
        bucket++;
      }
      counts[bucket] = counts[bucket].longValue() + value.getCountAddedInThisIterationStep();
    }
    return HistogramDataPointSnapshot.builder()
        .labels(labels)
        .classicHistogramBuckets(ClassicHistogramBuckets.of(BUCKETS, counts))
        .sum(times.sumNanos() / NANOS_PER_SECOND)
        .build();
  }
}
