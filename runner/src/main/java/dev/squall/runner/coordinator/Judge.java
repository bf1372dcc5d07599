package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.Verdict;
import java.util.List;
import java.util.Optional;

/**
 * The verdict of a run; pure. A run that is broken is Inconclusive whatever its thresholds say,
 * failed ones included, since a load that was not the one asked for is evidence of neither; the
 * thresholds still stand in the result. Else it is Failed if too many arrivals were dropped or any
 * threshold failed; else Inconclusive if any threshold is; else Passed.
 */
final class Judge {
  private Judge() {}

  /**
   * The verdict of the run.
   *
   * @param broken what made the run say nothing about the target, if anything did
   * @param dropped that more arrivals were dropped than the test allows, if so
   * @param requests completed requests
   */
  static Judgement verdict(
      Optional<Judgement> broken,
      Optional<Judgement> dropped,
      List<ThresholdResult> thresholds,
      long requests) {
    if (broken.isPresent()) {
      return broken.get();
    }
    if (dropped.isPresent()) {
      return dropped.get();
    }
    if (requests == 0) {
      return Judgement.inconclusive(
          "NoRequests",
          "no request was completed, so there is nothing to judge; check the load's duration and the"
              + " scenarios' onStart tasks and waits");
    }
    List<ThresholdResult> failed = with(Verdict.Failed, thresholds);
    if (!failed.isEmpty()) {
      return new Judgement(Verdict.Failed, "ThresholdBroken", sentence(failed, thresholds));
    }
    List<ThresholdResult> open = with(Verdict.Inconclusive, thresholds);
    if (!open.isEmpty()) {
      return Judgement.inconclusive("TooFewSamples", sentence(open, thresholds));
    }
    return thresholds.isEmpty()
        ? new Judgement(
            Verdict.Passed, "Completed", "the run completed; it has no threshold to hold")
        : new Judgement(
            Verdict.Passed,
            "ThresholdsHeld",
            thresholds.size() == 1
                ? "its one threshold held"
                : "all " + thresholds.size() + " thresholds held");
  }

  private static List<ThresholdResult> with(Verdict verdict, List<ThresholdResult> thresholds) {
    return thresholds.stream().filter(t -> t.verdict() == verdict).toList();
  }

  private static String sentence(List<ThresholdResult> some, List<ThresholdResult> all) {
    ThresholdResult first = some.getFirst();
    String message = first.message();
    return "%d of %d thresholds %s: %s was %s%s%s"
        .formatted(
            some.size(),
            all.size(),
            first.verdict() == Verdict.Failed ? "failed" : "cannot be decided",
            first.name(),
            first.observed(),
            first.name().endsWith(first.limit()) ? "" : ", limit " + first.limit(),
            message == null ? "" : "; " + message);
  }
}
