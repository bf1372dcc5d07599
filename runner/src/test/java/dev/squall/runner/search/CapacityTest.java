package dev.squall.runner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/**
 * The proof: over queues whose capacity is known in closed form. {@code
 * -Dsquall.capacity.seeds=100} takes so many seeds of each queue instead of 100 in all, and prints
 * what it found.
 */
class CapacityTest {
  private static final int SEEDS = Integer.getInteger("squall.capacity.seeds", 20);

  private static final List<QueueCapacity> QUEUES =
      List.of(
          // One server of 1 ms: long queues, so that what follows one another is alike for long.
          queue(1, 1000, 95, 20_000),
          // A far percentile.
          queue(2, 500, 99, 20_000),
          queue(4, 1000, 90, 4_000),
          // Near saturation: the limit is only five times the service time, of 16 servers.
          queue(16, 50, 95, 100_000),
          // Two objectives; the median is what limits.
          new QueueCapacity(
              4,
              1000,
              100,
              List.of(
                  new Objective.ResponseTime(50, 1_500), new Objective.ResponseTime(99, 8_000))));

  private static QueueCapacity queue(
      int servers, double serviceRate, double percentile, long limitMicros) {
    return new QueueCapacity(
        servers, serviceRate, 100, List.of(new Objective.ResponseTime(percentile, limitMicros)));
  }

  /** An answer as a share of the true capacity, and the seconds it took. */
  private record Found(double share, double seconds) {}

  @Test
  void capacityIsFoundWithinThePrecisionAndNeverAbove() {
    List<Found> all = new ArrayList<>();
    for (QueueCapacity queue : QUEUES) {
      double capacity = queue.capacity();
      List<Found> found =
          IntStream.range(0, SEEDS)
              .parallel()
              .mapToObj(seed -> queue.find(7919L * seed + 13))
              .map(r -> new Found(r.level().orElse(0) / capacity, r.seconds()))
              .toList();
      System.out.println(queue + " holds " + Math.round(capacity) + "/s: " + text(found));
      all.addAll(found);
    }
    double[] shares = sorted(all);
    assertThat(shares[shares.length - 1]).as("the highest answer").isLessThanOrEqualTo(1);
    assertThat(shares[shares.length / 20])
        .as("the answer that 95 of 100 are no lower than")
        .isGreaterThanOrEqualTo(1 - QueueCapacity.PRECISION);
  }

  private static double[] sorted(List<Found> found) {
    return found.stream().mapToDouble(Found::share).sorted().toArray();
  }

  private static String text(List<Found> found) {
    double[] shares = sorted(found);
    double[] seconds = found.stream().mapToDouble(Found::seconds).sorted().toArray();
    long within = Arrays.stream(shares).filter(s -> s >= 1 - QueueCapacity.PRECISION).count();
    return "%d of %d within, answers %.3f to %.3f of it (half above %.3f), %.0f s (half), %.0f s (95 %%)"
        .formatted(
            within,
            shares.length,
            shares[0],
            shares[shares.length - 1],
            shares[shares.length / 2],
            seconds[seconds.length / 2],
            seconds[seconds.length * 19 / 20]);
  }
}
