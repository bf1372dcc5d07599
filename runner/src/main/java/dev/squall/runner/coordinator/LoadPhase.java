package dev.squall.runner.coordinator;

import dev.squall.api.check.LoadLength;
import dev.squall.api.v1alpha1.LoadTestSpec;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The phase in which the load runs: each second is pulled from all runners, merged and published,
 * until none is to come. Used by the coordinator's thread.
 */
final class LoadPhase {
  /** How long after its own end the load may still run before it is cut off. */
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final Logger LOG = LoggerFactory.getLogger(LoadPhase.class);

  private final Optional<Duration> longest;
  private final RunnerPool pool;
  private final Clocks clocks;
  private final Publication publication;
  private final StopRequest stop;
  private final RunClock clock;
  private boolean overdue;

  LoadPhase(
      LoadTestSpec test,
      RunnerPool pool,
      Clocks clocks,
      Publication publication,
      StopRequest stop,
      RunClock clock) {
    this.longest = LoadLength.longest(test);
    this.pool = pool;
    this.clocks = clocks;
    this.publication = publication;
    this.stop = stop;
    this.clock = clock;
  }

  /** Gathers the load to its end. */
  void gather(LoadStart start, Optional<SearchLead> search)
      throws IOException, InterruptedException {
    long begin = clock.nanos();
    for (long tick = 1; ; tick++) {
      pool.pull();
      publication.seconds();
      while (pool.behind() && clock.nanos() - begin < tick * SECOND) {
        // No longer than a second: those that have no more must hear from us too.
        pool.pullBehind();
        publication.seconds();
      }
      pool.loseSilent();
      publication.seconds();
      publication.runners();
      if (pool.allDone()) {
        return;
      }
      clocks.tick();
      if (search.isPresent()) {
        search.get().advance(start);
      }
      if (stop.made()) {
        // Again each second: a runner that was out of reach must hear it too.
        pool.orders().stop(stop.now());
      }
      endOverdue(start);
      clock.sleep(Math.max(0, begin + tick * SECOND - clock.nanos()));
    }
  }

  /** A load that does not end by itself is cut off, and then given up: a run never hangs. */
  private void endOverdue(LoadStart start) {
    if (longest.isEmpty()) {
      return;
    }
    Duration late = Duration.between(start.instant(), clock.now()).minus(longest.get());
    if (late.compareTo(OVERDUE) > 0) {
      if (!overdue) {
        LOG.error("the load should have ended {} s ago and is cut off", late.toSeconds());
        overdue = true;
      }
      pool.orders().stop(true);
    }
    if (late.compareTo(OVERDUE.multipliedBy(2)) > 0) {
      pool.runners().stream()
          .filter(r -> !pool.merge().done(r.index))
          .forEach(r -> pool.lose(r, "its load did not end"));
    }
  }
}
