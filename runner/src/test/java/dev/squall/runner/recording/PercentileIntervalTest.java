package dev.squall.runner.recording;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PercentileIntervalTest {
  @ParameterizedTest
  @CsvSource({
    // The median of 20.
    "20, 50, 6, 15",
    // The 90th percentile of 100.
    "100, 90, 84, 96",
    // The seed's run of about 320 predictions has an upper end.
    "320, 95, 296, 312",
    // The least sample with an upper end at p95, and one less: 0.95^72 <= 0.025 < 0.95^71.
    "72, 95, 64, 72",
    "71, 95, 63, 72",
    // The same at p99.
    "368, 99, 360, 368",
    "367, 99, 359, 368",
    // Too small for either end.
    "1, 50, 0, 2",
    "5, 50, 0, 6",
    // The smallest with both ends at the median.
    "6, 50, 1, 6"
  })
  void ranksAreThoseOfTheBinomialDistribution(
      long samples, double percentile, long lower, long upper) {
    assertThat(PercentileInterval.of(samples, percentile))
        .isEqualTo(new PercentileInterval(lower, upper));
  }

  @Test
  void theIntervalHoldsTheTruePercentileAtLeast95TimesInAHundred() {
    Random random = new Random(7);
    double truth = -Math.log(0.05);
    int held = 0;
    int rounds = 4_000;
    for (int round = 0; round < rounds; round++) {
      double[] sample = random.doubles(320).map(u -> -Math.log(1 - u)).sorted().toArray();
      PercentileInterval ranks = PercentileInterval.of(sample.length, 95);
      boolean below = sample[(int) ranks.lowerRank() - 1] <= truth;
      held += below && truth <= sample[(int) ranks.upperRank() - 1] ? 1 : 0;
    }
    // Three standard errors below 95 %.
    assertThat((double) held / rounds).isGreaterThan(0.94);
  }

  @Test
  void beyondTheExactRangeTheRanksGoOnSmoothly() {
    PercentileInterval exact = PercentileInterval.of(1_000_000_000, 99);
    PercentileInterval normal = PercentileInterval.of(1_000_000_001, 99);
    assertThat(normal.lowerRank()).isBetween(exact.lowerRank() - 3, exact.lowerRank() + 3);
    assertThat(normal.upperRank()).isBetween(exact.upperRank() - 3, exact.upperRank() + 3);
  }

  @Test
  void withEverySampleBelowTheLimitTheLeastNumberThatCanPassDecides() {
    assertThat(PercentileInterval.samplesToDecide(10, 10, 95)).isEqualTo(72);
    assertThat(PercentileInterval.samplesToDecide(0, 0, 99)).isEqualTo(368);
    assertThat(PercentileInterval.samplesToDecide(100, 100, 99.9)).isEqualTo(3688);
  }

  @Test
  void whatWouldDecideDoesDecideAndIsMoreThanThereIs() {
    for (long below : new long[] {290, 300, 306, 309, 311}) {
      long needed = PercentileInterval.samplesToDecide(320, below, 95);
      PercentileInterval ranks = PercentileInterval.of(needed, 95);
      long then = Math.round(needed * (below / 320.0));
      assertThat(needed).isGreaterThan(320);
      assertThat(then >= ranks.upperRank() || then < ranks.lowerRank()).isTrue();
    }
  }

  @Test
  void aPercentileAtItsVeryLimitIsNeverDecided() {
    assertThat(PercentileInterval.samplesToDecide(1000, 950, 95)).isEqualTo(-1);
  }

  @Test
  void lowerIsBelowUpperForEverySize() {
    double[] percentiles = {1, 50, 66.6, 90, 95, 99, 99.9, 99.99};
    assertThat(Arrays.stream(percentiles).boxed())
        .allSatisfy(
            p -> {
              for (int n = 1; n < 2_000; n += 7) {
                PercentileInterval ranks = PercentileInterval.of(n, p);
                assertThat(ranks.lowerRank()).isLessThan(ranks.upperRank());
                assertThat(ranks.upperRank()).isLessThanOrEqualTo(n + 1L);
              }
            });
  }
}
