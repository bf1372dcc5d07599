package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.runner.recording.LoadCounts;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DropsTest {
  private static final LoadTestSpec SPEC =
      Plans.spec(
          """
          loads:
            - {name: base, users: {count: 5}, duration: 10s}
            - {name: surge, arrivals: {rate: 100, overflow: Drop, maxInFlight: 7}, duration: 10s}
            - {name: loose, arrivals: {rate: 100, overflow: Drop, maxDropRatio: 0.5}, duration: 10s}
            - {name: warm, warmUp: true, arrivals: {rate: 100, overflow: Drop}, duration: 10s}
          """);

  private static LoadCounts counts(String load, long offered, long dropped) {
    return new LoadCounts(load, load.equals("warm"), offered, offered - dropped, 0, dropped, 0);
  }

  @ParameterizedTest
  @CsvSource({
    // 0.1 % by default: it may be reached, not passed.
    "surge, 1000, 1, false",
    "surge, 1000, 2, true",
    "surge, 1000, 1000, true",
    "loose, 1000, 500, false",
    "loose, 1000, 501, true",
    // Outside of the result.
    "warm, 1000, 1000, false",
    "surge, 0, 0, false"
  })
  void aLoadThatDropsMoreThanItMayCannotPass(
      String load, long offered, long dropped, boolean tooMany) {
    assertThat(Drops.tooMany(SPEC, List.of(counts(load, offered, dropped))).isPresent())
        .isEqualTo(tooMany);
  }

  @Test
  void theMessageNamesEachLoadTheCountsTheLimitAndTheFix() {
    Judgement judgement =
        Drops.tooMany(SPEC, List.of(counts("surge", 1000, 25), counts("loose", 100, 60)))
            .orElseThrow();
    assertThat(judgement.verdict()).isEqualTo(Verdict.Failed);
    assertThat(judgement.reason()).isEqualTo("ArrivalsDropped");
    assertThat(judgement.message())
        .contains("load 'surge' dropped 25 of 1000 arrivals (2.5 %), limit 0.1 %: all 7 in flight")
        .contains("load 'loose' dropped 60 of 100 arrivals (60 %), limit 50 %")
        .contains("lower the rate, or raise arrivals.maxInFlight");
  }
}
