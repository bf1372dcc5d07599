package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Readiness;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A run's first phase: waits for runners and target, and names the start instant, or finds the one
 * that a coordinator before this one named. Used by the coordinator's thread.
 */
final class StartPhase {
  /** How far ahead the start instant lies at least: time for every runner to hear of it. */
  private static final Duration LEAD = Duration.ofSeconds(1);

  /** And further by so many times the slowest exchange, at most {@link #MOST_LEAD} in all. */
  private static final int LEAD_EXCHANGES = 50;

  private static final Duration MOST_LEAD = Duration.ofSeconds(6);

  /** A trial's start that is nearer than this is told to nobody any more. */
  private static final Duration LEAST_AHEAD = Duration.ofMillis(300);

  private static final long POLL = TimeUnit.MILLISECONDS.toNanos(250);
  private static final Logger LOG = LoggerFactory.getLogger(StartPhase.class);

  private final LoadTestSpec test;
  private final RunnerPool pool;
  private final StartInstant starts;
  private final TargetProbe target;
  private final RunProgress progress;
  private final Publication publication;
  private final StopRequest stop;
  private final RunClock clock;

  /** How the phase ends. */
  sealed interface Outcome {}

  /** The load starts, or did. */
  record Started(LoadStart start) implements Outcome {}

  /** The load will not start. */
  record GivenUp(Judgement judgement) implements Outcome {}

  /** The run was concluded before, and nothing is to be judged. */
  record Concluded() implements Outcome {}

  StartPhase(
      LoadTestSpec test,
      RunnerPool pool,
      StartInstant starts,
      TargetProbe target,
      RunProgress progress,
      Publication publication,
      StopRequest stop,
      RunClock clock) {
    this.test = test;
    this.pool = pool;
    this.starts = starts;
    this.target = target;
    this.progress = progress;
    this.publication = publication;
    this.stop = stop;
    this.clock = clock;
  }

  /**
   * Waits until the load has its start instant, or will have none.
   *
   * @param search the run's search
   * @param concluded whether it is known by now that the run was concluded before
   */
  Outcome await(Optional<SearchRun<?>> search, BooleanSupplier concluded)
      throws IOException, InterruptedException {
    Optional<Outcome> outcome = Optional.empty();
    Readiness readiness = test.target().readiness();
    Duration startTimeout = Durations.parse(test.startTimeout());
    Duration readinessTimeout =
        readiness == null ? startTimeout : Durations.parse(readiness.timeout());
    long begin = clock.nanos();
    Optional<String> problem =
        readiness == null ? Optional.empty() : Optional.of("the target was not asked yet");
    while (outcome.isEmpty() && !concluded.getAsBoolean()) {
      pool.pull();
      problem = problem.isEmpty() ? problem : target.problem();
      publication.runners();
      StartDecision.Seen seen =
          new StartDecision.Seen(
              Duration.ofNanos(clock.nanos() - begin),
              startTimeout,
              readinessTimeout,
              problem,
              stop.made());
      outcome = carryOut(StartDecision.decide(seen, pool.runners()), search);
    }
    return concluded.getAsBoolean() ? new Concluded() : outcome.orElseThrow();
  }

  private Optional<Outcome> carryOut(StartDecision decision, Optional<SearchRun<?>> search)
      throws IOException, InterruptedException {
    return switch (decision) {
      case StartDecision.Await await -> {
        progress.waiting(await.reason(), await.message());
        clock.sleep(POLL);
        yield Optional.empty();
      }
      case StartDecision.GiveUp end -> Optional.of(new GivenUp(end.judgement()));
      case StartDecision.Resume resume -> Optional.of(resume(search));
      case StartDecision.Start start -> start(search.map(SearchRun::trial));
    };
  }

  private Optional<Outcome> start(Optional<Trial> first) throws IOException, InterruptedException {
    Optional<List<ClockOffset>> offsets = starts.offsets();
    if (offsets.isEmpty()) {
      return Optional.empty();
    }
    Duration lead = lead(offsets.get());
    LoadStart start = new LoadStart(clock.now().plus(lead), clock.nanos() + lead.toNanos());
    publication.started(start.instant());
    starts.order(start.nanos(), start.instant().toEpochMilli(), first.orElse(null), offsets.get());
    LOG.info("the load starts at {} on {} runners", start.instant(), pool.runners().size());
    return Optional.of(new Started(start));
  }

  private static Duration lead(List<ClockOffset> offsets) {
    long slowest = offsets.stream().mapToLong(ClockOffset::errorNanos).max().orElse(0) * 2;
    Duration lead = LEAD.plusNanos(LEAD_EXCHANGES * slowest);
    return lead.compareTo(MOST_LEAD) < 0 ? lead : MOST_LEAD;
  }

  /**
   * A coordinator before this one named the start. Runners that it did not reach are told it while
   * it lies ahead; later they would send another load than the one asked for, so they are lost. A
   * trial of a search that not all of them run is tried again.
   */
  private Outcome resume(Optional<SearchRun<?>> search) throws IOException, InterruptedException {
    RunnerView known =
        pool.runners().stream()
            .filter(r -> r.start().isPresent())
            .max(Comparator.comparingInt(r -> afterInterval(r.start().orElseThrow())))
            .orElseThrow();
    StartOrder order = known.start().orElseThrow();
    Trial trial = order.trial();
    int after = afterInterval(order);
    Instant instant = Instant.ofEpochMilli(order.epochMillis()).minusSeconds(after);
    publication.started(instant);
    LOG.info("resuming the run whose load started at {}", instant);
    if (trial != null) {
      LOG.info("its search was at trial {}", trial.number());
      search.orElseThrow().resume(trial);
    }
    Optional<List<ClockOffset>> offsets = starts.offsets();
    if (offsets.isEmpty()) {
      // By the wall clock then: whoever does not answer was not asked for its own.
      long nanos = clock.nanos() - Duration.between(instant, clock.now()).toNanos();
      return new Started(new LoadStart(instant, nanos));
    }
    long at = order.nanos() - offsets.get().get(known.index).nanos();
    if (trial == null || at - clock.nanos() > LEAST_AHEAD.toNanos()) {
      starts.order(at, order.epochMillis(), trial, offsets.get());
    }
    return new Started(new LoadStart(instant, at - TimeUnit.SECONDS.toNanos(after)));
  }

  private static int afterInterval(StartOrder order) {
    Trial trial = order.trial();
    return trial == null ? 0 : trial.afterInterval();
  }
}
