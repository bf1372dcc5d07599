package dev.squall.runner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OverSaturationTest {
  private static final int SEEDS = 200;
  private static final double SIGNIFICANCE = 0.001;

  /** In how many of the seeds a queue of four servers, at a load, is called over-saturated. */
  private static int detected(double load, int seconds) {
    int detected = 0;
    for (int seed = 0; seed < SEEDS; seed++) {
      List<Slice> slices = measured(seed, 200 * load, 5, seconds);
      detected += OverSaturation.of(slices).detected(SIGNIFICANCE) ? 1 : 0;
    }
    return detected;
  }

  private static List<Slice> measured(long seed, double rate, double settle, int seconds) {
    QueueTarget target = new QueueTarget(4, 50, List.of(), seed);
    target.begin(rate, settle);
    TrialResult trial = target.measureOneMore();
    while (trial.slices().size() < seconds) {
      trial = target.measureOneMore();
    }
    return trial.slices();
  }

  @ParameterizedTest
  @CsvSource({
    // offered over what the target can do, seconds measured
    "1.1, 40",
    "1.5, 20",
    "3.0, 15",
  })
  void anOverSaturatedTargetIsDetected(double load, int seconds) {
    assertThat(detected(load, seconds)).isGreaterThanOrEqualTo(SEEDS * 95 / 100);
  }

  @ParameterizedTest
  @CsvSource({
    // load, seconds measured
    "0.3, 20",
    "0.7, 20",
    "0.7, 60",
    "0.9, 20",
    "0.9, 60",
    "0.95, 40",
  })
  void aBusyTargetIsNot(double load, int seconds) {
    // A queue at 95 % wanders for tens of seconds; at most 2 of 200 may look like a rise without
    // end.
    assertThat(detected(load, seconds)).isLessThanOrEqualTo(2);
  }

  @Test
  void aTargetThatHasNotYetBeenMeasuredIsNot() {
    assertThat(OverSaturation.of(measured(1, 600, 0, 5)).detected(SIGNIFICANCE)).isFalse();
  }

  @Test
  void theTrendTestHoldsItsFalseAlarmRateOnNoise() {
    assertThat(alarms(0)).isBetween(30, 75);
  }

  @Test
  void theTrendTestAllowsForValuesThatAreAlikeInTime() {
    // Each value keeps 0.6 of the one before, which uncorrected makes one in five look like a rise:
    // the score's deviation is twice that of independent values. Thirty values show only a part of
    // the correlation.
    assertThat(alarms(0.6)).isLessThan(150);
  }

  /** Alarms at 5 % over 1000 series of 30 values without a trend. */
  private static int alarms(double kept) {
    SplittableRandom random = new SplittableRandom(5);
    int alarms = 0;
    for (int series = 0; series < 1000; series++) {
      double[] values = new double[30];
      double value = random.nextGaussian() / Math.sqrt(1 - kept * kept);
      for (int i = 0; i < values.length; i++) {
        values[i] = value;
        value = kept * value + random.nextGaussian();
      }
      alarms += MannKendall.of(values).pValue() < 0.05 ? 1 : 0;
    }
    return alarms;
  }

  @Test
  void theTrendTestKnowsItsTextbookValues() {
    // Rising without exception: S = n(n−1)/2 = 45, variance 125 by Kendall; z = 44/√125.
    MannKendall rising = MannKendall.of(new double[] {1, 2, 3, 4, 5, 6, 7, 8, 9, 10});
    assertThat(rising.slope()).isEqualTo(1);
    assertThat(rising.z()).isEqualTo(44 / Math.sqrt(125));
    assertThat(MannKendall.of(new double[] {3, 3, 3, 3, 3, 3, 3, 3}).pValue()).isEqualTo(0.5);
    assertThat(MannKendall.of(new double[] {1, 2, 3}).pValue()).isEqualTo(1);
    assertThat(MannKendall.of(new double[] {9, 8, 7, 6, 5, 4, 3, 2}).pValue()).isGreaterThan(0.99);
  }
}
