package dev.squall.runner.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.statistics.distribution.GammaDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RateScheduleTest {
  private static final long SECOND = 1_000_000_000L;
  private static final long HOUR = 3600 * SECOND;
  private static final Arrivals REGULAR = new Arrivals.Regular();
  private static final Arrivals POISSON = new Arrivals.Poisson(false);

  @Test
  void aConstantRateBeginsAtOnceAndIsEven() {
    ArrivalSchedule schedule =
        RateSchedule.of(
            REGULAR, RateProfile.constant(100, Per.SECOND), Bounds.duration(10 * SECOND), 1);
    assertThat(schedule.count()).isEqualTo(1000);
    assertThat(schedule.arrivalNanos(0)).isZero();
    assertThat(schedule.arrivalNanos(1)).isEqualTo(10_000_000);
    assertThat(schedule.arrivalNanos(999)).isEqualTo(9_990_000_000L);
    assertThat(schedule.arrivalNanos(1000)).isEqualTo(ArrivalSchedule.NONE);
    assertThat(schedule.endNanos()).isEqualTo(10 * SECOND);
  }

  @ParameterizedTest
  @CsvSource({
    // rate, unit, seconds, arrivals
    "3, MINUTE, 20, 1", // 0.05/s is no binary fraction
    "3, MINUTE, 60, 3",
    "7, HOUR, 86400, 168",
    "1, SECOND, 1, 1",
    "0.1, SECOND, 1, 1", // the first arrival comes at once
    "0.1, SECOND, 30, 3",
    "1000000, SECOND, 86400, 86400000000",
    "33333.3, SECOND, 10, 333333",
  })
  void countsAreExact(double rate, Per per, long seconds, long count) {
    ArrivalSchedule schedule =
        RateSchedule.of(
            REGULAR, RateProfile.constant(rate, per), Bounds.duration(seconds * SECOND), 1);
    assertThat(schedule.count()).isEqualTo(count);
  }

  @ParameterizedTest
  @ValueSource(doubles = {1, 3, 7.77, 1999, 123_456.7, 1_000_000})
  void nothingDriftsInADay(double rate) {
    ArrivalSchedule schedule =
        RateSchedule.of(
            REGULAR, RateProfile.constant(rate, Per.SECOND), Bounds.duration(24 * HOUR), 1);
    ArrivalCursor cursor = schedule.cursor();
    for (long index = schedule.count() - 1; index > schedule.count() / 2; index -= 1 + index / 97) {
      cursor.seekIndex(index);
      long exact =
          BigDecimal.valueOf(index)
              .multiply(BigDecimal.valueOf(SECOND))
              .divide(new BigDecimal(rate), 0, RoundingMode.HALF_UP)
              .longValueExact();
      assertThat(Math.abs(cursor.nanos() - exact)).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void aRampOfADayKeepsEveryArrivalsPlaceToTheNanosecond() {
    // From 10 to 1000 a second: position x is reached where 10 t + 990 t²/(2·86400) = x.
    RateProfile ramp =
        new RateProfile(LoadProfile.of(10, List.of(new Stage.Ramp(1000, 24 * HOUR))), Per.SECOND);
    ArrivalSchedule schedule = RateSchedule.of(REGULAR, ramp, Bounds.stages(), 1);
    assertThat(schedule.count()).isEqualTo(505L * 86_400);
    for (long index : new long[] {1, 12_345, 20_000_000, 43_631_999}) {
      double nanos = schedule.arrivalNanos(index);
      BigDecimal t = new BigDecimal(nanos).movePointLeft(9);
      BigDecimal expected =
          t.multiply(BigDecimal.TEN)
              .add(
                  t.multiply(t)
                      .multiply(BigDecimal.valueOf(990))
                      .divide(BigDecimal.valueOf(172_800), 30, RoundingMode.HALF_UP));
      double rate = ramp.ratePerSecond(nanos);
      double errorNanos = (expected.doubleValue() - index) / rate * 1e9;
      assertThat(Math.abs(errorNanos)).isLessThan(20);
    }
  }

  @Test
  void stagesGiveExactlyTheExpectedNumber() {
    LoadProfile stages =
        LoadProfile.of(
            0,
            List.of(
                new Stage.Ramp(100, 10 * SECOND), // 500
                new Stage.Hold(10 * SECOND), // 1000
                new Stage.Spike(300, SECOND, 2 * SECOND, SECOND), // 200 + 600 + 200
                new Stage.Stairs(200, 4, 8 * SECOND), // 2 · (125 + 150 + 175 + 200)
                new Stage.Step(0, 5 * SECOND), // 0
                new Stage.Sine(50, 30, 10 * SECOND, 20 * SECOND))); // 1000
    ArrivalSchedule schedule =
        RateSchedule.of(REGULAR, new RateProfile(stages, Per.SECOND), Bounds.stages(), 1);
    assertThat(schedule.count()).isEqualTo(500 + 1000 + 1000 + 1300 + 1000);
    assertThat(schedule.endNanos()).isEqualTo(57 * SECOND);
    // Arrival 3800 is the first after the pause, not the last before it.
    assertThat(schedule.arrivalNanos(3799)).isLessThan(32 * SECOND);
    assertThat(schedule.arrivalNanos(3800)).isEqualTo(37 * SECOND);
    assertThat(countBefore(schedule, 10 * SECOND)).isEqualTo(500);
    assertThat(countBefore(schedule, 20 * SECOND)).isEqualTo(1500);
    assertThat(countBefore(schedule, 24 * SECOND)).isEqualTo(2500);
    assertThat(countBefore(schedule, 26 * SECOND)).isEqualTo(2750);
    assertThat(countBefore(schedule, 47 * SECOND)).isEqualTo(4300);
  }

  private static long countBefore(ArrivalSchedule schedule, long nanos) {
    ArrivalCursor cursor = schedule.cursor();
    cursor.seekNanos(nanos);
    return cursor.index();
  }

  @Test
  void anExponentialRampIsInvertedExactly() {
    // 10 to 1000 a second in 60 s: the count is 990 · 60 / ln 100.
    RateProfile ramp =
        new RateProfile(
            LoadProfile.of(10, List.of(new Stage.ExponentialRamp(1000, 60 * SECOND))), Per.SECOND);
    double total = 990 * 60 / Math.log(100);
    ArrivalSchedule schedule = RateSchedule.of(REGULAR, ramp, Bounds.stages(), 1);
    assertThat(schedule.count()).isEqualTo((long) Math.ceil(total));
    for (long index = 0; index < schedule.count(); index += 100) {
      double seconds = schedule.arrivalNanos(index) / 1e9;
      double expected = 10 * Math.expm1(Math.log(100) / 60 * seconds) / (Math.log(100) / 60);
      assertThat(expected).isCloseTo((double) index, within(2e-6));
    }
  }

  @Test
  void poissonGapsAreExponentialAndIndependent() {
    double[] gaps = gaps(POISSON, 200_000, 7);
    assertThat(KolmogorovSmirnov.scaled(gaps, gap -> 1 - Math.exp(-gap))).isLessThan(1.63);
    assertThat(Math.abs(correlation(gaps, 1))).isLessThan(3 / Math.sqrt(gaps.length));
    // At the distance of a block and of the larger halvings as well.
    for (int lag : new int[] {2, 31, 32, 33, 64, 1024}) {
      assertThat(Math.abs(correlation(gaps, lag))).isLessThan(3.5 / Math.sqrt(gaps.length));
    }
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.1, 0.5, 1, 2.5, 20})
  void gammaGapsHaveTheirDistributionAndMean(double burstiness) {
    double[] gaps = gaps(new Arrivals.Gamma(burstiness, false), 100_000, 11);
    GammaDistribution gamma = GammaDistribution.of(burstiness, 1 / burstiness);
    // Gaps under a nanosecond are lost in rounding: at 0.1 an eighth of them is that small.
    double smallest = 1e-6;
    double below = gamma.cumulativeProbability(smallest);
    double[] seen = Arrays.stream(gaps).filter(gap -> gap > smallest).toArray();
    assertThat(
            KolmogorovSmirnov.scaled(
                seen, gap -> (gamma.cumulativeProbability(gap) - below) / (1 - below)))
        .isLessThan(1.63);
    double mean = Arrays.stream(gaps).average().orElseThrow();
    assertThat(mean).isCloseTo(1, within(3.5 / Math.sqrt(burstiness * gaps.length)));
  }

  /** Gaps of a schedule of one a second, in seconds. */
  private static double[] gaps(Arrivals arrivals, int count, long seed) {
    ArrivalSchedule schedule =
        RateSchedule.of(
            arrivals, RateProfile.constant(1, Per.SECOND), Bounds.count(count + 1), seed);
    ArrivalCursor cursor = schedule.cursor();
    double[] gaps = new double[count];
    long before = cursor.nanos();
    for (int i = 0; i < count; i++) {
      cursor.advance();
      gaps[i] = (cursor.nanos() - before) / 1e9;
      before = cursor.nanos();
    }
    return gaps;
  }

  private static double correlation(double[] values, int lag) {
    double mean = Arrays.stream(values).average().orElseThrow();
    double variance = 0;
    double covariance = 0;
    for (int i = 0; i < values.length; i++) {
      variance += (values[i] - mean) * (values[i] - mean);
      covariance += i < lag ? 0 : (values[i] - mean) * (values[i - lag] - mean);
    }
    return covariance / variance;
  }

  @Test
  void aPoissonScheduleOfVaryingRateIsUniformAfterTimeChangeAndCountsVaryAsPoisson() {
    LoadProfile stages =
        LoadProfile.of(
            1,
            List.of(
                new Stage.Ramp(20, 30 * SECOND),
                new Stage.Sine(20, 20, 10 * SECOND, 30 * SECOND),
                new Stage.ExponentialRamp(2, 40 * SECOND)));
    RateProfile profile = new RateProfile(stages, Per.SECOND);
    double expected = profile.expected(100 * SECOND);
    double sum = 0;
    double squares = 0;
    int runs = 400;
    for (int seed = 0; seed < runs; seed++) {
      long count = RateSchedule.of(POISSON, profile, Bounds.stages(), seed).count();
      sum += count;
      squares += (count - expected) * (count - expected);
    }
    assertThat(sum / runs).isCloseTo(expected, within(3 * Math.sqrt(expected / runs)));
    // Variance over mean is 1; its standard error is √(2/400).
    assertThat(squares / runs / expected).isBetween(0.8, 1.2);

    ArrivalCursor cursor = RateSchedule.of(POISSON, profile, Bounds.stages(), 5).cursor();
    double[] positions = new double[900];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = profile.expected(cursor.nanos());
      cursor.advance();
    }
    double end = profile.expected(cursor.nanos());
    // Given the next one's place, the ones before it are uniform.
    assertThat(KolmogorovSmirnov.scaled(positions, x -> x / end)).isLessThan(1.63);
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.2, 1, 5})
  void anEquilibriumProcessExpectsTheSameNumberFromTheStart(double burstiness) {
    // An ordinary renewal process of shape 0.2 would have (1/0.2 − 1)/2 = 2 arrivals too many.
    double sum = 0;
    int runs = 4000;
    for (int seed = 0; seed < runs; seed++) {
      sum +=
          RateSchedule.of(
                  new Arrivals.Gamma(burstiness, false),
                  RateProfile.constant(1, Per.SECOND),
                  Bounds.duration(10 * SECOND),
                  seed)
              .count();
    }
    double deviation = Math.sqrt(10 / burstiness + 10) / Math.sqrt(runs);
    assertThat(sum / runs).isCloseTo(10, within(3 * deviation));
  }

  @Test
  void anExactCountIsExactAndStillPoisson() {
    RateProfile profile =
        new RateProfile(LoadProfile.of(0, List.of(new Stage.Ramp(2000, 100 * SECOND))), Per.SECOND);
    for (int seed = 0; seed < 20; seed++) {
      ArrivalSchedule schedule =
          RateSchedule.of(new Arrivals.Poisson(true), profile, Bounds.stages(), seed);
      assertThat(schedule.count()).isEqualTo(100_000);
      assertThat(schedule.arrivalNanos(99_999)).isLessThanOrEqualTo(100 * SECOND);
    }
    ArrivalCursor cursor =
        RateSchedule.of(new Arrivals.Poisson(true), profile, Bounds.stages(), 3).cursor();
    double[] positions = new double[100_000];
    for (int i = 0; i < positions.length; i++) {
      positions[i] = profile.expected(cursor.nanos());
      cursor.advance();
    }
    assertThat(cursor.nanos()).isEqualTo(ArrivalSchedule.NONE);
    assertThat(KolmogorovSmirnov.scaled(positions, x -> x / 100_000)).isLessThan(1.63);
    double[] gaps = new double[positions.length - 1];
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = positions[i + 1] - positions[i];
    }
    assertThat(KolmogorovSmirnov.scaled(gaps, gap -> 1 - Math.exp(-gap))).isLessThan(1.63);
  }

  @Test
  void boundsEndAScheduleAtEitherOrAtBoth() {
    RateProfile ten = RateProfile.constant(10, Per.SECOND);
    ArrivalSchedule either = RateSchedule.of(REGULAR, ten, Bounds.either(10 * SECOND, 30), 1);
    assertThat(either.count()).isEqualTo(30);
    assertThat(either.endNanos()).isEqualTo(2_900_000_000L);
    ArrivalSchedule both = RateSchedule.of(REGULAR, ten, Bounds.both(10 * SECOND, 30), 1);
    assertThat(both.count()).isEqualTo(100);
    assertThat(both.endNanos()).isEqualTo(10 * SECOND);
    ArrivalSchedule longer = RateSchedule.of(REGULAR, ten, Bounds.both(10 * SECOND, 300), 1);
    assertThat(longer.count()).isEqualTo(300);
    assertThat(longer.endNanos()).isEqualTo(29_900_000_000L);
    ArrivalSchedule onPoisson = RateSchedule.of(POISSON, ten, Bounds.both(10 * SECOND, 300), 1);
    assertThat(onPoisson.count()).isEqualTo(300);
  }

  @Test
  void aScheduleThatCannotEndSaysWhatToDo() {
    assertThatThrownBy(
            () ->
                RateSchedule.of(REGULAR, RateProfile.constant(10, Per.SECOND), Bounds.stages(), 1))
        .hasMessageContaining("give a duration or a count");
    LoadProfile down = LoadProfile.of(10, List.of(new Stage.Ramp(0, 10 * SECOND)));
    assertThatThrownBy(
            () -> RateSchedule.of(REGULAR, new RateProfile(down, Per.SECOND), Bounds.count(51), 1))
        .hasMessageContaining("goes down to 0 before 51 arrivals");
    assertThat(
            RateSchedule.of(REGULAR, new RateProfile(down, Per.SECOND), Bounds.count(50), 1)
                .count())
        .isEqualTo(50);
  }
}
