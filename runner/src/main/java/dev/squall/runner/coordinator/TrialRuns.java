package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.control.RunnerState.TrialSpan;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.search.Decision;
import dev.squall.runner.search.Search;
import dev.squall.runner.search.TrialResult;
import java.util.ArrayList;
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

  private static final Logger LOG = LoggerFactory.getLogger(TrialRuns.class);

  private final Search<R> search;
  private final MeasuredSlices measured;
  private final RunnerPool pool;
  private final Supplier<String> fault;
  private TrialUnderway<R> running;

  /** The trials before the one that runs. */
  private final List<TrialSpan> ended = new ArrayList<>();

  /** Those of an earlier coordinator; empty where there was none. */
  private Optional<EarlierTrials> earlier = Optional.empty();

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
    this.running = new TrialUnderway<>((Decision.RunTrial<R>) search.first(), 0);
  }

  /** Goes on where a coordinator before this one was: its trials are taken one after another. */
  void resume(Trial underWay) {
    EarlierTrials before = new EarlierTrials(underWay);
    earlier = Optional.of(before);
    running = new TrialUnderway<>(running.asked(), before.nextAfterInterval());
    before.compare(running.asked(), over());
  }

  /** The trial that runs, or is to run first. */
  Trial trial() {
    return running.order(ended);
  }

  /** What is tried now. */
  Decision.RunTrial<R> running() {
    return running.asked();
  }

  /** What the trial under way shows by now, or did. */
  TrialResult measuredNow() {
    return running.result("");
  }

  /** Whether the search is over. */
  boolean over() {
    return running.following().filter(Decision.Done.class::isInstance).isPresent();
  }

  /** Why it cannot go on; empty if it can. */
  Optional<Judgement> problem() {
    return earlier.flatMap(EarlierTrials::problem);
  }

  /** What the trials that have ended show. */
  R found() {
    return search.soFar();
  }

  /** Takes the next merged second. */
  void add(Snapshot second) {
    int interval = second.interval();
    if (running.goesOn() && interval == running.settledAfter()) {
      // What they did while the level settled does not spoil what is measured.
      pool.measuredAnew();
    } else if (running.goesOn() && interval > running.settledAfter() && wasAsked(interval)) {
      running.measure(measured.of(second), second);
      if (running.shows()) {
        decide(fault.get());
      }
    }
    earlier
        .filter(before -> before.endedBy(interval))
        .ifPresent(before -> retake(before, interval));
  }

  private boolean retakes() {
    return earlier.filter(before -> !before.retaken()).isPresent();
  }

  /** Whether all runners offered their share of the level throughout an interval. */
  private boolean wasAsked(int interval) {
    return retakes() || interval <= running.stoppedAfter(pool);
  }

  private void decide(String spoiled) {
    Decision<R> decision = search.next(running.result(spoiled));
    if (decision instanceof Decision.GoOn) {
      if (running.inWindows()) {
        running.nextWindow();
        pool.measuredAnew();
      }
    } else {
      int trial = running.asked().trial();
      LOG.info("trial {} at {} has shown enough", trial, running.asked().level());
      running.followedBy(decision);
      if (!retakes()) {
        pool.orders().endTrial(trial);
      }
    }
  }

  /**
   * Ends what is to end; once every runner waits for it, says which trial is to start.
   *
   * @param sinceStart seconds since the start instant
   */
  Optional<Trial> next(double sinceStart) {
    if (retakes() || problem().isPresent() || over()) {
      return Optional.empty();
    }
    boolean cut = running.goesOn() && running.stoppedAfter(pool) < Integer.MAX_VALUE;
    if (!pool.allReady() || pool.behind()) {
      if (cut || !running.goesOn()) {
        // Again each second: a runner that was out of reach must hear it too.
        pool.orders().endTrial(running.asked().trial());
      }
      return Optional.empty();
    }
    if (cut) {
      LOG.warn("trial {} was cut off too early: once more", running.asked().trial());
      return Optional.of(start(running.asked(), sinceStart));
    }
    decideEnded();
    if (running.following().orElseThrow() instanceof Decision.RunTrial<R> next) {
      ended.add(running.endedWith(pool.merge().closed()));
      return Optional.of(start(next, sinceStart));
    }
    return Optional.empty();
  }

  /** What follows a trial that is over: if nothing does by now, its load ended by itself. */
  private void decideEnded() {
    while (running.goesOn()) {
      decide(
          "the load of trial %d ended by itself: a dataset has no rows left"
              .formatted(running.asked().trial()));
    }
  }

  private Trial start(Decision.RunTrial<R> trial, double sinceStart) {
    double pause = LEAD_SECONDS + (trial.recover() ? trial.settleSeconds() : 0);
    begin(trial, Math.max(pool.newestInterval(), (int) Math.ceil(sinceStart + pause)));
    return trial();
  }

  private void begin(Decision.RunTrial<R> trial, int afterInterval) {
    running = new TrialUnderway<>(trial, afterInterval);
    pool.measuredAnew();
  }

  /** The end of a trial that an earlier coordinator led: on to the one after it. */
  private void retake(EarlierTrials before, int lastInterval) {
    decideEnded();
    ended.add(running.endedWith(lastInterval));
    if (running.following().orElseThrow() instanceof Decision.RunTrial<R> next) {
      begin(next, before.nextAfterInterval());
    }
    before.compare(running.asked(), over());
  }
}
