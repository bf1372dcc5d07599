package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.QueryResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.runner.recording.QueryTimes;
import dev.squall.runner.recording.Times;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadGenRulesTest {
  @ParameterizedTest
  @CsvSource({
    "Offline, 'rate: 100, ', 600, true",
    "Offline, 'rate: 100, ', 599, false",
    "Server, 'rate: 100, ', 1, true",
    "SingleStream, '', 1, true"
  })
  void onlyOfflineCanBeOverTooSoon(String scenario, String rate, double seconds, boolean met) {
    assertThat(
            LoadGenRules.unmet(
                    Plans.spec(
                        "loads: [{name: m, loadGen: {%sscenario: %s}}]".formatted(rate, scenario)),
                    seconds)
                .isEmpty())
        .isEqualTo(met);
  }

  @Test
  void theMessageSaysWhichRateIsLongEnough() {
    Judgement judgement =
        LoadGenRules.unmet(
                Plans.spec(
                    "loads: [{name: m, start: 10s, loadGen: {scenario: Offline, rate: 100, minDuration: 60s}}]"),
                40)
            .orElseThrow();
    assertThat(judgement.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(judgement.reason()).isEqualTo("LoadGenTooShort");
    assertThat(judgement.message()).contains("after 30.00 s").contains("raise it to about 200");
  }

  @Test
  void aStreamsPercentileIsByEarlyStopping() {
    LoadTestSpec spec = Plans.spec("loads: [{name: m, loadGen: {scenario: SingleStream}}]");
    // 64 queries are the least that show a 90th percentile: the slowest of them.
    assertThat(LoadGenRules.queries(spec.loads().getFirst(), List.of(millis(63))))
        .isEqualTo(new QueryResult(63, 90, null));
    QueryResult least = LoadGenRules.queries(spec.loads().getFirst(), List.of(millis(64)));
    assertThat(Objects.requireNonNull(least).percentileMicros()).isBetween(64_000L, 64_100L);
    // Of 1,000 the slowest 78 are left out: fewer than the 100 beyond the percentile of the sample.
    QueryResult many = LoadGenRules.queries(spec.loads().getFirst(), List.of(millis(1000)));
    assertThat(Objects.requireNonNull(many).percentileMicros()).isBetween(901_000L, 930_000L);
    LoadTestSpec other = Plans.spec("");
    assertThat(LoadGenRules.queries(other.loads().getFirst(), List.of(millis(64)))).isNull();
  }

  /** Queries of 1 ms, 2 ms and so on. */
  private static QueryTimes millis(int count) {
    Times times = new Times();
    for (int i = 1; i <= count; i++) {
      times.record(i * 1_000_000L);
    }
    return new QueryTimes("m", false, times);
  }
}
