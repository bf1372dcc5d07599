package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.runner.results.Totals;
import java.util.List;
import java.util.Optional;

/**
 * What a run says of its target once its load has ended; pure.
 *
 * @param verdict with reason and message
 * @param thresholds how each was judged; none in a search
 */
record FinalJudgement(Judgement verdict, List<ThresholdResult> thresholds) {
  /**
   * Of a load's thresholds.
   *
   * @param interrupted what ended the run before it could say anything
   * @param stopped whether it was told to end
   * @param seconds how long the load lasted
   */
  static FinalJudgement ofLoad(
      LoadTestSpec test,
      List<RunnerView> runners,
      Optional<ClockOffset.Skew> skew,
      Optional<Judgement> interrupted,
      boolean stopped,
      Totals totals,
      double seconds) {
    List<ThresholdResult> thresholds = Thresholds.judge(test, totals, seconds);
    long typicalMicros = Publication.typicalMicros(totals);
    Optional<Judgement> broken =
        interrupted
            .or(() -> Validity.broken(stopped, runners, totals.failures()))
            .or(() -> Validity.unable(runners, skew, typicalMicros))
            .or(() -> unsure(test, runners, thresholds, totals, seconds))
            .or(() -> LoadGenRules.unmet(test, seconds));
    Judgement verdict =
        Judge.verdict(
            broken, Drops.tooMany(test, totals.loads()), thresholds, totals.whole().requests());
    return new FinalJudgement(verdict, thresholds);
  }

  /** A threshold that is broken only if the runners' own lag is counted as the target's. */
  private static Optional<Judgement> unsure(
      LoadTestSpec test,
      List<RunnerView> runners,
      List<ThresholdResult> thresholds,
      Totals totals,
      double seconds) {
    if (thresholds.stream().noneMatch(t -> t.verdict() == Verdict.Failed)) {
      return Optional.empty();
    }
    long lag = Validity.worstLagMicros(runners);
    return Validity.suspect(runners, Publication.typicalMicros(totals))
        .filter(
            s ->
                Thresholds.judge(test, totals, seconds, lag).stream()
                    .noneMatch(t -> t.verdict() == Verdict.Failed));
  }

  /** Of a search. */
  static FinalJudgement ofSearch(
      SearchRun<?> search,
      List<RunnerView> runners,
      Optional<Judgement> interrupted,
      boolean stopped) {
    Judgement verdict =
        interrupted
            .or(() -> Validity.broken(stopped, runners, List.of()))
            .or(search::problem)
            .orElseGet(
                () ->
                    search.over()
                        ? search.report().judgement()
                        : Judgement.inconclusive(
                            "SearchNotEnded", "the search was cut off before its end"));
    return new FinalJudgement(verdict, List.of());
  }
}
