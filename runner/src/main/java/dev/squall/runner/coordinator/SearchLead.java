package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState.Trial;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Leads all runners through a search: ends a trial, starts the next, ends the load. Used by the
 * coordinator's thread.
 */
final class SearchLead {
  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(250);
  private static final Logger LOG = LoggerFactory.getLogger(SearchLead.class);

  private final SearchRun<?> search;
  private final RunnerPool pool;
  private final StartInstant starts;
  private final RunProgress progress;
  private final StopRequest stop;
  private final RunClock clock;

  SearchLead(
      SearchRun<?> search,
      RunnerPool pool,
      StartInstant starts,
      RunProgress progress,
      StopRequest stop,
      RunClock clock) {
    this.search = search;
    this.pool = pool;
    this.starts = starts;
    this.progress = progress;
    this.stop = stop;
    this.clock = clock;
  }

  SearchRun<?> search() {
    return search;
  }

  /** What is to be done by now. */
  void advance(LoadStart start) throws InterruptedException {
    if (stop.made()) {
      return;
    }
    if (pool.anyGone()) {
      // Without one of its runners a trial offers less than its level.
      pool.orders().stop(false);
      return;
    }
    Optional<Trial> next = search.next(start.secondsUntil(clock.nanos()));
    progress.searched(search.report(), search.now());
    if (search.over() || search.problem().isPresent()) {
      pool.orders().stop(false);
    } else if (next.isPresent()) {
      start(next.get(), start);
    }
  }

  private void start(Trial trial, LoadStart start) throws InterruptedException {
    // Where one does not answer the next round loses it, or starts the trial with its clock known.
    Optional<List<ClockOffset>> offsets = starts.offsets();
    while (offsets.isEmpty() && !stop.made()) {
      clock.sleep(POLL);
      pool.pull();
      pool.loseSilent();
      offsets = starts.offsets();
    }
    if (offsets.isPresent()) {
      int after = trial.afterInterval();
      starts.order(start.nanosAfter(after), start.epochMillisAfter(after), trial, offsets.get());
      LOG.info("trial {} at level {} starts", trial.number(), trial.level());
    }
  }
}
