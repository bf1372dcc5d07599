package dev.squall.runner.results;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Objects;
import org.HdrHistogram.Histogram;
import org.junit.jupiter.api.Test;

class RecentTest {
  private static final SeriesKey SERIES = new SeriesKey("s", "GET");

  private final Recent recent = new Recent();

  /** k requests in second k. */
  private void upTo(int last) {
    for (int k = 1; k <= last; k++) {
      recent.add(Seconds.of(k, 1).requests("s", "GET", millis(k)).cut());
    }
  }

  private static double[] millis(int n) {
    double[] millis = new double[n];
    Arrays.fill(millis, n);
    return millis;
  }

  @Test
  void theRateIsZeroForTheFirstTwoSeconds() {
    upTo(2);
    assertThat(recent.requestsPerSecond(SERIES)).isZero();
  }

  @Test
  void theFirstRateIsThatOfTheFirstSecond() {
    upTo(3);
    assertThat(recent.requestsPerSecond(SERIES)).isEqualTo(1);
  }

  @Test
  void theRateIsTheMeanOfTenSecondsThatEndTwoBack() {
    upTo(30);
    // Seconds 19 to 28.
    assertThat(recent.requestsPerSecond(SERIES)).isEqualTo(23.5);
    assertThat(recent.requestsPerSecond(Recent.WHOLE)).isEqualTo(23.5);
  }

  @Test
  void aSilentSeriesFadesOut() {
    upTo(5);
    for (int k = 6; k <= 20; k++) {
      recent.add(Seconds.of(k, 1).cut());
    }
    assertThat(recent.requestsPerSecond(SERIES)).isZero();
    Histogram times = Objects.requireNonNull(recent.responseTimes(SERIES));
    assertThat(times.getTotalCount()).isZero();
  }

  @Test
  void responseTimesAreThoseOfTheLastTenSeconds() {
    upTo(30);
    Histogram times = Objects.requireNonNull(recent.responseTimes(SERIES));
    assertThat(times.getTotalCount()).isEqualTo((21 + 30) * 10 / 2);
    assertThat(times.getValueAtPercentile(0)).isBetween(20_990L, 21_020L);
    assertThat(times.getValueAtPercentile(100)).isBetween(29_990L, 30_030L);
  }

  @Test
  void ofASeriesThatNeverWasThereIsNothing() {
    upTo(3);
    assertThat(recent.responseTimes(new SeriesKey("other", "GET"))).isNull();
    assertThat(recent.requestsPerSecond(new SeriesKey("other", "GET"))).isZero();
  }
}
