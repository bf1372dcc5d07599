package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.Verdict;
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
}
