package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.control.RunnerState.TrialSpan;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.Times;
import dev.squall.runner.search.Decision;
import dev.squall.runner.search.Slice;
import dev.squall.runner.search.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One try of a trial: which intervals are its own, and what is measured in them. Used by the
 * coordinator's thread.
 *
 * @param <R> the search's result
 */
final class TrialUnderway<R> {
  /** How much longer than it is measured a load lasts at most. */
  private static final double MARGIN_SECONDS = 30;

  private final Decision.RunTrial<R> asked;
  private final int afterInterval;
  private List<Slice> slices = new ArrayList<>();
  private Times times = new Times();
  private Optional<Decision<R>> following = Optional.empty();

  /**
   * Nothing is measured yet.
   *
   * @param afterInterval number of the interval that ends at its start instant
   */
  TrialUnderway(Decision.RunTrial<R> asked, int afterInterval) {
    this.asked = asked;
    this.afterInterval = afterInterval;
  }

  /** What the search asked for. */
  Decision.RunTrial<R> asked() {
    return asked;
  }

  /** Whether it has not shown enough yet. */
  boolean goesOn() {
    return following.isEmpty();
  }

  /** It has shown enough: what the search does next. */
  void followedBy(Decision<R> next) {
    following = Optional.of(next);
  }

  /** What the search does once it has ended; empty while it goes on. */
  Optional<Decision<R>> following() {
    return following;
  }

  /** What the runners are told of it. */
  Trial order(List<TrialSpan> before) {
    return new Trial(
        asked.trial(),
        asked.level(),
        asked.settleSeconds() + asked.mostSeconds() + MARGIN_SECONDS,
        afterInterval,
        before);
  }

  /** Its intervals, once it has ended. */
  TrialSpan endedWith(int lastInterval) {
    return new TrialSpan(afterInterval, lastInterval);
  }

  /** The last interval in which the level settles: what comes after is measured. */
  double settledAfter() {
    return afterInterval + Math.ceil(asked.settleSeconds());
  }

  /** Counts a second of it. */
  void measure(Slice slice, Snapshot second) {
    slices.add(slice);
    times.add(MeasuredSlices.responseTimes(second));
  }

  /** Whether the search is to see by now what is measured. */
  boolean shows() {
    return !inWindows() || slices.size() >= asked.windowSeconds();
  }

  /** Whether what is measured is handed in window by window, not all of it each second. */
  boolean inWindows() {
    return asked.windowSeconds() > 0;
  }

  /** Begins the next window: what was handed in is the search's now. */
  void nextWindow() {
    slices = new ArrayList<>();
    times = new Times();
  }

  /**
   * What it shows by now, of its window if it has windows.
   *
   * @param spoiled why that is the runners' doing, not the target's; empty if it is not
   */
  TrialResult result(String spoiled) {
    return new TrialResult(slices, Ranks.times(times), spoiled);
  }

  /** The last interval before any runner ended it, or did not begin it. */
  int stoppedAfter(RunnerPool pool) {
    return pool.runners().stream()
        .filter(r -> r.lost().isEmpty())
        .mapToInt(r -> runs(r) ? r.stoppedAfter().orElse(Integer.MAX_VALUE) : afterInterval)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private boolean runs(RunnerView runner) {
    return runner
        .trial()
        .filter(t -> t.number() == asked.trial() && t.afterInterval() == afterInterval)
        .isPresent();
  }
}
