package dev.squall.runner.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class SteadyStateTest {

  /** A window of ten seconds in which so many completed, all in the same time. */
  private static TrialResult window(int completed, long micros) {
    return window(completed, micros, "");
  }

  private static TrialResult window(int completed, long micros, String fault) {
    long[] times = new long[completed];
    Arrays.fill(times, micros);
    return new TrialResult(
        List.of(new Slice(10, completed, completed, 0, 1, micros, List.of())),
        new SampledTimes(times),
        fault);
  }

  private static SteadyState.Verdict verdict(
      SteadyState.Criteria criteria, TrialResult... windows) {
    SteadyState state = new SteadyState(criteria);
    SteadyState.Verdict verdict = state.add(windows[0]);
    for (TrialResult window : Arrays.asList(windows).subList(1, windows.length)) {
      assertThat(verdict).isInstanceOf(SteadyState.Verdict.NotYet.class);
      verdict = state.add(window);
    }
    return verdict;
  }

  @Test
  void threeWindowsWithinTenPercentAreSteady() {
    TrialResult[] agreeing = {window(1000, 500), window(1100, 500), window(1050, 549)};
    assertThat(verdict(SteadyState.Criteria.standard(), agreeing))
        .isEqualTo(new SteadyState.Verdict.Steady(List.of(agreeing)));
  }

  @Test
  void onlyTheLastThreeCount() {
    SteadyState.Verdict verdict =
        verdict(
            SteadyState.Criteria.standard(),
            window(300, 9000),
            window(600, 4000),
            window(1000, 500),
            window(1000, 500),
            window(1000, 500));
    assertThat(verdict).isInstanceOf(SteadyState.Verdict.Steady.class);
  }

  @Test
  void throughputAndResponseTimeMustBothAgree() {
    assertThat(
            verdict(
                SteadyState.Criteria.standard(),
                window(1000, 500),
                window(1000, 500),
                window(1200, 500)))
        .isEqualTo(new SteadyState.Verdict.NotYet("throughput differs by more than the tolerance"));
    assertThat(
            verdict(
                SteadyState.Criteria.standard(),
                window(1000, 500),
                window(1000, 600),
                window(1000, 500)))
        .isEqualTo(
            new SteadyState.Verdict.NotYet("response time differs by more than the tolerance"));
  }

  @Test
  void windowsTooSmallForTheirPercentileAreNeverSteady() {
    // The 95th percentile's interval needs 72 samples to have both ends.
    SteadyState.Verdict verdict =
        verdict(SteadyState.Criteria.standard(), window(71, 500), window(72, 500), window(72, 500));
    assertThat(verdict).isInstanceOf(SteadyState.Verdict.NotYet.class);
    assertThat(verdict.toString()).contains("71 samples, too few for the percentile 95");
    assertThat(
            verdict(
                SteadyState.Criteria.standard(), window(72, 500), window(72, 500), window(72, 500)))
        .isInstanceOf(SteadyState.Verdict.Steady.class);
  }

  @Test
  void aGeneratorsFaultIsNoSteadyState() {
    assertThat(
            verdict(
                    SteadyState.Criteria.standard(),
                    window(1000, 500),
                    window(1000, 500, "throttled"),
                    window(1000, 500))
                .toString())
        .contains("throttled");
  }

  @Test
  void aLevelThatNeverAgreesIsGivenUp() {
    SteadyState.Verdict verdict =
        verdict(
            new SteadyState.Criteria(95, 0.10, 3, 4),
            window(1000, 500),
            window(2000, 500),
            window(1000, 500),
            window(2000, 500));
    assertThat(verdict).isInstanceOf(SteadyState.Verdict.GivenUp.class);
  }

  @Test
  void aSweepHasOneRowForEachLevel() {
    Sweep sweep = new Sweep(List.of(10.0, 20.0), 5, 10, new SteadyState.Criteria(95, 0.10, 3, 4));
    assertThat(sweep.first())
        .isEqualTo(new Decision.RunTrial<>(1, 10, 5, 30, 40, 10, false, false));
    assertThat(sweep.next(window(100, 500))).isInstanceOf(Decision.GoOn.class);
    sweep.next(window(100, 500));
    assertThat(sweep.next(window(100, 500)))
        .isEqualTo(new Decision.RunTrial<>(2, 20, 5, 30, 40, 10, false, false));
    sweep.next(window(100, 500));
    sweep.next(window(200, 500));
    sweep.next(window(100, 500));
    Decision<List<Sweep.Row>> last = sweep.next(window(200, 500));
    assertThat(last).isInstanceOf(Decision.Done.class);
    List<Sweep.Row> rows = ((Decision.Done<List<Sweep.Row>>) last).result();
    assertThat(rows).extracting(Sweep.Row::level).containsExactly(10.0, 20.0);
    assertThat(rows).extracting(Sweep.Row::steady).containsExactly(true, false);
    assertThat(rows).extracting(Sweep.Row::measured).containsExactly(3, 4);
    assertThat(rows.get(0).throughput()).isEqualTo(10);
    assertThat(rows.get(1).reason()).contains("throughput");
    assertThatThrownBy(() -> sweep.next(window(1, 1))).hasMessageContaining("done");
    assertThatThrownBy(() -> new Sweep(List.of(), 5, 10, SteadyState.Criteria.standard()))
        .hasMessageContaining("sweep.levels");
  }
}
