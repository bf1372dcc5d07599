package dev.squall.runner.search;

import dev.squall.runner.search.CapacityResult.Limit;
import dev.squall.runner.search.CapacityResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * What a trial of a capacity search shows so far.
 *
 * @param outcome what it shows, empty when it must go on
 * @param limit what limits the level, when something does
 * @param text the same for people
 * @param shares of bad requests, for each objective
 */
record TrialLook(Optional<Outcome> outcome, Limit limit, String text, List<Share> shares) {
  /** Of each of the two trends, which are looked at again and again. */
  private static final double RISING = 0.001;

  /** A trial that shows everything met must not even look like rising. */
  private static final double PERHAPS_RISING = 10 * RISING;

  /**
   * Looks at a trial.
   *
   * @param misses confidence at which an objective is missed
   * @param meets confidence at which one is met; 1 while it is too early to say so
   * @param bursts for how many bursts of bad requests, at the limit, the trial must be long enough
   *     for one to be met
   */
  static TrialLook at(
      TrialResult trial, List<Objective> objectives, double misses, double meets, double bursts) {
    List<Share> shares = new ArrayList<>();
    for (int place = 0; place < objectives.size(); place++) {
      shares.add(Share.of(trial.slices(), objectives.get(place), place));
    }
    if (!trial.generatorFault().isEmpty()) {
      return new TrialLook(
          Optional.of(Outcome.GENERATOR_FAULT), Limit.GENERATOR, trial.generatorFault(), shares);
    }
    OverSaturation rising = OverSaturation.of(trial.slices());
    if (rising.detected(RISING)) {
      return new TrialLook(
          Optional.of(Outcome.OVER_SATURATED),
          Limit.OVER_SATURATION,
          "in flight and response time rise without end",
          shares);
    }
    Optional<Objective> undecided = Optional.empty();
    for (int place = 0; place < shares.size(); place++) {
      Objective objective = objectives.get(place);
      Share share = shares.get(place);
      if (objective instanceof Objective.DroppedRatio) {
        if (share.ratio() > share.allowed() && trial.slices().size() >= Share.LEAST_BATCHES) {
          return new TrialLook(
              Optional.of(Outcome.MISSES), Limit.OBJECTIVE, "missed: " + objective.text(), shares);
        }
        continue;
      }
      if (share.finding(misses) == Finding.MISSES) {
        return new TrialLook(
            Optional.of(Outcome.MISSES), Limit.OBJECTIVE, "missed: " + objective.text(), shares);
      }
      if (undecided.isEmpty() && (meets == 1 || share.finding(meets, bursts) != Finding.MEETS)) {
        undecided = Optional.of(objective);
      }
    }
    if (undecided.isEmpty() && !rising.detected(PERHAPS_RISING)) {
      return new TrialLook(Optional.of(Outcome.MEETS), Limit.MOST, "", shares);
    }
    String what = undecided.map(Objective::text).orElse("the response time does not stop rising");
    return new TrialLook(Optional.empty(), Limit.OBJECTIVE, "too near to say: " + what, shares);
  }

  /** The same, ended without a decision. */
  TrialLook near() {
    return new TrialLook(Optional.of(Outcome.NEAR), limit, text, shares);
  }
}
