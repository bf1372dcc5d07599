package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.Times;
import dev.squall.runner.search.Decision;
import dev.squall.runner.search.ResponseTimes;
import dev.squall.runner.search.Search;
import dev.squall.runner.search.Slice;
import dev.squall.runner.search.TrialResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A search's trials, one after another on all runners: each begins a whole number of seconds after
 * the start instant, so that interval k goes on ending at start + k seconds. Used by the
 * coordinator's thread.
 *
 * @param <R> the search's result
 */
final class TrialRuns<R> {
  /** How far ahead a trial's start lies at least: the runners make their engines meanwhile. */
  private static final double LEAD_SECONDS = 2;

  /** How much longer than it is measured a load lasts at most. */
  private static final double MARGIN_SECONDS = 30;

  private static final double NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(TrialRuns.class);

  private final Search<R> search;
  private final MeasuredSlices measured;
  private final RunnerPool pool;
  private final Supplier<String> fault;
  private List<Slice> slices = new ArrayList<>();
  private Times times = new Times();
  private Decision.RunTrial<R> running;
  private int afterInterval;

  /** What follows the trial that ends; empty while one runs. */
  private Optional<Decision<R>> following = Optional.empty();

  private boolean over;

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

  /** The trial that runs, or is to run first. */
  Trial trial() {
    return new Trial(
        running.trial(),
        running.level(),
        running.settleSeconds() + running.mostSeconds() + MARGIN_SECONDS,
        afterInterval);
  }

  /** What is tried now. */
  Decision.RunTrial<R> running() {
    return running;
  }

  /** What the trial under way shows by now, or did. */
  TrialResult measuredNow() {
    return new TrialResult(slices, times(times), "");
  }

  /** Whether the search is over. */
  boolean over() {
    return over;
  }

  /** What the trials that have ended show. */
  R found() {
    return search.soFar();
  }

  /** Takes the next merged second. */
  void add(Snapshot second) {
    double settled = afterInterval + Math.ceil(running.settleSeconds());
    if (following.isPresent() || second.interval() <= settled) {
      if (second.interval() == settled) {
        // What the runners did while the level settled does not spoil what is measured.
        pool.runners().forEach(RunnerView::measuredAnew);
      }
      return;
    }
    slices.add(measured.of(second));
    times.add(MeasuredSlices.responseTimes(second));
    if (running.windowSeconds() == 0 || slices.size() >= running.windowSeconds()) {
      decide(fault.get());
    }
  }

  private void decide(String problem) {
    Decision<R> decision = search.next(new TrialResult(slices, times(times), problem));
    if (decision instanceof Decision.GoOn) {
      if (running.windowSeconds() > 0) {
        forget();
        pool.runners().forEach(RunnerView::measuredAnew);
      }
    } else {
      LOG.info("trial {} at {} has shown enough", running.trial(), running.level());
      following = Optional.of(decision);
      pool.orders().endTrial(running.trial());
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
    if (!allWait() || pool.behind()) {
      if (following.isPresent()) {
        // Again each second: a runner that was out of reach must hear it too.
        pool.orders().endTrial(running.trial());
      }
      return Optional.empty();
    }
    while (following.isEmpty()) {
      decide(
          "the load of trial " + running.trial() + " ended by itself: a dataset has no rows left");
    }
    switch (following.get()) {
      case Decision.Done<R> done -> over = true;
      case Decision.GoOn<R> goOn -> throw new IllegalStateException("a trial that goes on ended");
      case Decision.RunTrial<R> trial -> {
        running = trial;
        following = Optional.empty();
        forget();
        pool.runners().forEach(RunnerView::measuredAnew);
        double pause = LEAD_SECONDS + (trial.recover() ? trial.settleSeconds() : 0);
        int newest =
            pool.runners().stream()
                .flatMap(r -> r.state().stream())
                .mapToInt(RunnerState::intervals)
                .max()
                .orElse(0);
        afterInterval = Math.max(newest, (int) Math.ceil(sinceStart + pause));
        return Optional.of(trial());
      }
    }
    return Optional.empty();
  }

  private boolean allWait() {
    return pool.runners().stream()
        .filter(r -> r.lost().isEmpty())
        .allMatch(
            r ->
                r.is(Phase.Ready)
                    && r.start()
                        .map(StartOrder::trial)
                        .filter(t -> t.number() == running.trial())
                        .isPresent());
  }

  /** Seconds from the run's start instant to a trial's. */
  static long startNanos(Trial trial) {
    return (long) (trial.afterInterval() * NANOS);
  }

  private static ResponseTimes times(Times times) {
    Ranks ranks = new Ranks(times);
    return new ResponseTimes() {
      @Override
      public long count() {
        return ranks.count();
      }

      @Override
      public long atRank(long rank) {
        return ranks.atMost(rank);
      }
    };
  }
}
