package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.control.RunnerState.TrialSpan;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.Times;
import dev.squall.runner.search.Decision;
import dev.squall.runner.search.Search;
import dev.squall.runner.search.Slice;
import dev.squall.runner.search.TrialResult;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search's trials, one after another on all runners: each begins a whole number of seconds after
 * the start instant, so that interval k goes on ending at start + k seconds. What is decided
 * depends on the merged seconds and where the trials began alone: a coordinator that begins anew
 * takes the same decisions again, until it is where the one before it was. Used by the
 * coordinator's thread.
 *
 * @param <R> the search's result
 */
final class TrialRuns<R> {
  /** How far ahead a trial's start lies at least: the runners make their engines meanwhile. */
  private static final double LEAD_SECONDS = 2;

  /** How much longer than it is measured a load lasts at most. */
  private static final double MARGIN_SECONDS = 30;

  private static final Logger LOG = LoggerFactory.getLogger(TrialRuns.class);

  private final Search<R> search;
  private final MeasuredSlices measured;
  private final RunnerPool pool;
  private final Supplier<String> fault;
  private List<Slice> slices = new ArrayList<>();
  private Times times = new Times();
  private Decision.RunTrial<R> running;
  private int afterInterval;

  /** The trials before the one that runs. */
  private final List<TrialSpan> ended = new ArrayList<>();

  /** Those of them that are still to be taken from the runners' seconds, after a new begin. */
  private final Deque<TrialSpan> past = new ArrayDeque<>();

  /** The trial that an earlier coordinator's runners are at. */
  private Optional<Trial> found = Optional.empty();

  /** What follows the trial that ends; empty while one runs. */
  private Optional<Decision<R>> following = Optional.empty();

  private Optional<Judgement> problem = Optional.empty();

  /**
   * The trials of a search.
   *
   * @param fault why the runners, not the target, spoil what is measured now; empty if they do not
   */
  TrialRuns(Search<R> search, MeasuredSlices measured, RunnerPool pool, Supplier<String> fault) {
    this.search = search;
    this.measured = measured;
    this.pool = pool;
    this.fault = fault;
    this.running = (Decision.RunTrial<R>) search.first();
  }

  /** Goes on where a coordinator before this one was: its trials are taken one after another. */
  void resume(Trial underWay) {
    found = Optional.of(underWay);
    past.addAll(underWay.before());
    afterInterval = past.isEmpty() ? underWay.afterInterval() : past.getFirst().afterInterval();
    compare();
  }

  /** The trial that runs, or is to run first. */
  Trial trial() {
    return new Trial(
        running.trial(),
        running.level(),
        running.settleSeconds() + running.mostSeconds() + MARGIN_SECONDS,
        afterInterval,
        ended);
  }

  /** What is tried now. */
  Decision.RunTrial<R> running() {
    return running;
  }

  /** What the trial under way shows by now, or did. */
  TrialResult measuredNow() {
    return new TrialResult(slices, Ranks.times(times), "");
  }

  /** Whether the search is over. */
  boolean over() {
    return following.filter(Decision.Done.class::isInstance).isPresent();
  }

  /** Why it cannot go on; empty if it can. */
  Optional<Judgement> problem() {
    return problem;
  }

  /** What the trials that have ended show. */
  R found() {
    return search.soFar();
  }

  /** Takes the next merged second. */
  void add(Snapshot second) {
    double settled = afterInterval + Math.ceil(running.settleSeconds());
    if (following.isEmpty() && second.interval() == settled) {
      // What the runners did while the level settled does not spoil what is measured.
      pool.runners().forEach(RunnerView::measuredAnew);
    } else if (following.isEmpty() && second.interval() > settled && wasAsked(second)) {
      slices.add(measured.of(second));
      times.add(MeasuredSlices.responseTimes(second));
      if (running.windowSeconds() == 0 || slices.size() >= running.windowSeconds()) {
        decide(fault.get());
      }
    }
    if (!past.isEmpty() && second.interval() >= past.getFirst().lastInterval()) {
      past.removeFirst();
      retake(second.interval());
    }
  }

  /** Whether all runners offered their share of the level throughout a second. */
  private boolean wasAsked(Snapshot second) {
    return !past.isEmpty() || second.interval() <= stoppedAfter();
  }

  /** The last interval before any runner ended the trial under way, or did not begin it. */
  private int stoppedAfter() {
    return pool.runners().stream()
        .filter(r -> r.lost().isEmpty())
        .mapToInt(r -> runs(r) ? r.stoppedAfter().orElse(Integer.MAX_VALUE) : afterInterval)
        .min()
        .orElse(Integer.MAX_VALUE);
  }

  private boolean runs(RunnerView runner) {
    return runner
        .trial()
        .filter(t -> t.number() == running.trial() && t.afterInterval() == afterInterval)
        .isPresent();
  }

  private void decide(String spoiled) {
    Decision<R> decision = search.next(new TrialResult(slices, Ranks.times(times), spoiled));
    if (decision instanceof Decision.GoOn) {
      if (running.windowSeconds() > 0) {
        forget();
        pool.runners().forEach(RunnerView::measuredAnew);
      }
    } else {
      LOG.info("trial {} at {} has shown enough", running.trial(), running.level());
      following = Optional.of(decision);
      if (past.isEmpty()) {
        pool.orders().endTrial(running.trial());
      }
    }
  }

  private void forget() {
    // What was handed in is the search's now.
    slices = new ArrayList<>();
    times = new Times();
  }

  /**
   * Ends what is to end; once every runner waits for it, says which trial is to start.
   *
   * @param sinceStart seconds since the start instant
   */
  Optional<Trial> next(double sinceStart) {
    if (!past.isEmpty() || problem.isPresent() || over()) {
      return Optional.empty();
    }
    boolean cut = following.isEmpty() && stoppedAfter() < Integer.MAX_VALUE;
    if (!allWait() || pool.behind()) {
      if (cut || following.isPresent()) {
        // Again each second: a runner that was out of reach must hear it too.
        pool.orders().endTrial(running.trial());
      }
      return Optional.empty();
    }
    if (cut) {
      LOG.warn("trial {} was cut off before it had shown enough: once more", running.trial());
      begin(running, startAfter(sinceStart));
      return Optional.of(trial());
    }
    decideEnded();
    if (following.orElseThrow() instanceof Decision.RunTrial<R> next) {
      ended.add(new TrialSpan(afterInterval, pool.merge().closed()));
      begin(next, startAfter(sinceStart));
      return Optional.of(trial());
    }
    return Optional.empty();
  }

  /** What follows a trial that is over: if nothing does by now, its load ended by itself. */
  private void decideEnded() {
    while (following.isEmpty()) {
      decide(
          "the load of trial " + running.trial() + " ended by itself: a dataset has no rows left");
    }
  }

  private void begin(Decision.RunTrial<R> trial, int after) {
    running = trial;
    following = Optional.empty();
    forget();
    pool.runners().forEach(RunnerView::measuredAnew);
    afterInterval = after;
  }

  private int startAfter(double sinceStart) {
    Decision.RunTrial<R> next =
        following.orElse(running) instanceof Decision.RunTrial<R> trial ? trial : running;
    double pause = LEAD_SECONDS + (next.recover() ? next.settleSeconds() : 0);
    int newest =
        pool.runners().stream()
            .flatMap(r -> r.state().stream())
            .mapToInt(RunnerState::intervals)
            .max()
            .orElse(0);
    return Math.max(newest, (int) Math.ceil(sinceStart + pause));
  }

  /** The end of a trial that an earlier coordinator led: on to the one after it. */
  private void retake(int lastInterval) {
    decideEnded();
    ended.add(new TrialSpan(afterInterval, lastInterval));
    if (following.orElseThrow() instanceof Decision.RunTrial<R> next) {
      int after =
          past.isEmpty() ? found.orElseThrow().afterInterval() : past.getFirst().afterInterval();
      begin(next, after);
    }
    compare();
  }

  /** Once all is retaken the search must be where the runners are. */
  private void compare() {
    Trial known = found.orElseThrow();
    if (over() || (past.isEmpty() && !same(known))) {
      past.clear();
      problem =
          Optional.of(
              Judgement.inconclusive(
                  "SearchInterrupted",
                  "the coordinator began anew in trial %d of a search and would offer another level than the one before it did; see why its pod was gone and run the test again"
                      .formatted(known.number())));
    }
  }

  private boolean same(Trial known) {
    return known.number() == running.trial() && known.level() == running.level();
  }

  private boolean allWait() {
    return pool.runners().stream().filter(r -> r.lost().isEmpty()).allMatch(r -> r.is(Phase.Ready));
  }
}
