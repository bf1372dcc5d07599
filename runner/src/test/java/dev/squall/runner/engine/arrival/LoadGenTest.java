package dev.squall.runner.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadGenTest {
  private static final long SECOND = 1_000_000_000L;

  @ParameterizedTest
  @CsvSource({ // the table of MLPerf's rules
    "0.90, 0.0050, 23886, 24576",
    "0.95, 0.0025, 50425, 57344",
    "0.97, 0.0015, 85811, 90112",
    "0.99, 0.0005, 262742, 270336",
  })
  void queryCountsAreThoseOfTheRules(double percentile, double margin, long exact, long rounded) {
    assertThat(QueryCounts.forMargin(percentile, 0.99, margin)).isEqualTo(exact);
    assertThat(QueryCounts.minimum(percentile)).isEqualTo(rounded);
  }

  @ParameterizedTest
  @CsvSource({
    // percentile, queries without a miss: ⌈ln 0.01 / ln p⌉
    "0.90, 44",
    "0.95, 90",
    "0.99, 459",
  })
  void aRunWithoutAMissMayStopEarliest(double percentile, long queries) {
    assertThat(QueryCounts.toPass(0, percentile, 0.99)).isEqualTo(queries);
    assertThat(QueryCounts.slowestToReport(queries - 1, percentile, 0.99)).isZero();
  }

  @Test
  void earlyStoppingsTwoFormsAreInverse() {
    for (long over : new long[] {1, 2, 10, 100, 1000}) {
      long queries = QueryCounts.toPass(over, 0.99, 0.99);
      assertThat(QueryCounts.slowestToReport(queries, 0.99, 0.99)).isEqualTo(over);
      assertThat(QueryCounts.slowestToReport(queries - 1, 0.99, 0.99)).isEqualTo(over - 1);
    }
    assertThat(QueryCounts.toPass(1, 0.90, 0.99)).isEqualTo(64);
    assertThat(QueryCounts.toPass(1, 0.99, 0.99)).isEqualTo(662);
  }

  @Test
  void aStreamIssuesOneQueryAtATimeUntilBothLimitsAreMet() {
    LoadGen single = LoadGen.singleStream();
    assertThat(single.issue(1)).isEqualTo(new LoadGen.Issue.OneAtATime(1));
    assertThat(single.leastQueries()).isEqualTo(64);
    assertThat(single.complete(600 * SECOND, 63)).isFalse();
    assertThat(single.complete(600 * SECOND - 1, 1_000_000)).isFalse();
    assertThat(single.complete(600 * SECOND, 64)).isTrue();
    assertThat(LoadGen.multiStream().issue(1)).isEqualTo(new LoadGen.Issue.OneAtATime(8));
    assertThat(LoadGen.multiStream().leastQueries()).isEqualTo(662);
  }

  @Test
  void aServersScheduleMeetsBothLimitsByItself() {
    ArrivalSchedule slow = schedule(LoadGen.server(10));
    assertThat(slow.count()).isEqualTo(270_336);
    assertThat(slow.endNanos()).isBetween(26_000 * SECOND, 28_000 * SECOND);
    ArrivalSchedule fast = schedule(LoadGen.server(1000));
    assertThat(fast.endNanos()).isEqualTo(600 * SECOND);
    assertThat(fast.count()).isBetween(597_000L, 603_000L);
  }

  @Test
  void offlineIssuesEverythingAtTheStart() {
    ArrivalSchedule all = schedule(LoadGen.offline(100));
    assertThat(all.count()).isEqualTo(66_000);
    assertThat(all.arrivalNanos(65_999)).isZero();
    assertThat(schedule(LoadGen.offline(1)).count()).isEqualTo(24_576);
    assertThat(LoadGen.offline(100).complete(0, 1)).isTrue();
    assertThat(LoadGen.offline(100).valid(599 * SECOND, 1)).isFalse();
    assertThat(LoadGen.offline(100).valid(601 * SECOND, 1)).isTrue();
  }

  private static ArrivalSchedule schedule(LoadGen run) {
    return switch (run.issue(1)) {
      case LoadGen.Issue.OnSchedule(ArrivalSchedule schedule) -> schedule;
      case LoadGen.Issue.OneAtATime one -> throw new AssertionError(one.toString());
    };
  }

  @Test
  void aPercentileIsAFraction() {
    assertThatThrownBy(() -> QueryCounts.minimum(99)).hasMessageContaining("percentile: is 99");
  }
}
