package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.control.RunnerState.TrialSpan;
import dev.squall.runner.search.Decision;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.Optional;

/**
 * Where a coordinator before this one led the search to: the trials that had ended, each to be
 * retaken from the seconds that the runners keep, and the one that the runners are at. Used by the
 * coordinator's thread.
 */
final class EarlierTrials {
  private final Trial underWay;
  private final Deque<TrialSpan> ended;
  private Optional<Judgement> problem = Optional.empty();

  EarlierTrials(Trial underWay) {
    this.underWay = underWay;
    this.ended = new ArrayDeque<>(underWay.before());
  }

  /** Whether there is none left to retake. */
  boolean retaken() {
    return ended.isEmpty();
  }

  /** After which interval the next to retake began, or else the one that the runners are at. */
  int nextAfterInterval() {
    return retaken() ? underWay.afterInterval() : ended.getFirst().afterInterval();
  }

  /** Whether the trial that is retaken had its last second by an interval; it is retaken then. */
  boolean endedBy(int interval) {
    boolean ends = !retaken() && interval >= ended.getFirst().lastInterval();
    if (ends) {
      ended.removeFirst();
    }
    return ends;
  }

  /**
   * Compares: once all is retaken, the search must be where the runners are.
   *
   * @param now the trial that the search is at
   * @param over whether the search has ended
   */
  void compare(Decision.RunTrial<?> now, boolean over) {
    boolean same = now.trial() == underWay.number() && now.level() == underWay.level();
    if (over || (!same && retaken())) {
      ended.clear();
      problem =
          Optional.of(
              Judgement.inconclusive(
                  "SearchInterrupted",
                  "the coordinator began anew in trial %d of a search and would offer another level than the one before it did; see why its pod was gone and run the test again"
                      .formatted(underWay.number())));
    }
  }

  /** Why the search cannot go on: it is somewhere else than the runners are. Empty if it can. */
  Optional<Judgement> problem() {
    return problem;
  }
}
