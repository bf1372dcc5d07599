package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.check.LoadLength;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Readiness;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Plan;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.ResultSink;
import dev.squall.runner.results.Totals;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Gathers a run: waits for runners and target, names the start instant, merges the runners'
 * seconds, judges. It holds nothing that cannot be asked again: one that starts anew finds the load
 * started, takes every runner's snapshots from the first on, and arrives at the same result. {@link
 * #run} is for one thread; {@link #stop} may be called from any.
 */
public final class Coordinator implements AutoCloseable {
  /** How far ahead the start instant lies at least: time for every runner to hear of it. */
  private static final Duration LEAD = Duration.ofSeconds(1);

  /** And further by so many times the slowest exchange, at most {@link #MOST_LEAD} in all. */
  private static final int LEAD_EXCHANGES = 50;

  private static final Duration MOST_LEAD = Duration.ofSeconds(6);

  /** How long after its own end the load may still run before it is cut off. */
  private static final Duration OVERDUE = Duration.ofSeconds(30);

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final long START_POLL = TimeUnit.MILLISECONDS.toNanos(250);
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private final Plan plan;
  private final RunProgress progress;
  private final RunnerPool pool;
  private final StartInstant starts;
  private final Clocks clocks;
  private final TargetProbe target;
  private final ResultSink files;
  private final RunClock clock;
  private final BooleanSupplier concluded;
  private Optional<SearchRun<?>> search;
  private Optional<Judgement> interrupted = Optional.empty();
  private Instant started = Instant.EPOCH;
  private long startNanos;
  private boolean overdue;
  private volatile boolean stopped;
  private volatile boolean stoppedNow;

  /** The only coordinator of the runners behind these links. */
  public Coordinator(
      Plan plan,
      List<RunnerLink> links,
      TargetProbe target,
      ResultSink files,
      RunProgress progress,
      RunClock clock) {
    this(plan, links, target, files, progress, clock, () -> false);
  }

  /**
   * A coordinator that may be a replaced one.
   *
   * @param concluded whether it is known by now that the run was concluded by one before it
   */
  public Coordinator(
      Plan plan,
      List<RunnerLink> links,
      TargetProbe target,
      ResultSink files,
      RunProgress progress,
      RunClock clock,
      BooleanSupplier concluded) {
    this.plan = plan;
    this.progress = progress;
    this.target = target;
    this.files = files;
    this.clock = clock;
    this.concluded = concluded;
    this.pool = new RunnerPool(links, clock);
    this.starts = new StartInstant(pool, clock);
    this.clocks = new Clocks(pool, clock);
    this.search = SearchRun.of(plan.test(), pool, this::runnersFault);
  }

  /** Ends the load on all runners at once; with {@code now}, what is in flight is cut off too. */
  public void stop(boolean now) {
    stopped = true;
    stoppedNow |= now;
    pool.stop(now);
  }

  /** Whether the run was told to end. */
  public boolean stopped() {
    return stopped;
  }

  /**
   * Runs to the verdict; the result files but the summary are then written.
   *
   * @return false if the run was concluded before, and nothing is to be judged
   */
  public boolean run() throws IOException, InterruptedException {
    Optional<Judgement> givenUp = awaitStart();
    if (concluded.getAsBoolean()) {
      return false;
    }
    if (givenUp.isEmpty()) {
      collect();
      progress.loadEnded(LoadSeconds.measured(pool.runners(), progress.totals()));
    } else {
      // Nothing was sent: runners that wait for their start need not.
      pool.stop(true);
      files.begin(clock.now(), progress.totals(), progress.recent());
    }
    judge(givenUp.or(() -> interrupted));
    return true;
  }

  /** Tells the runners that the results are stored, so that they may end. */
  public void confirmStored() throws InterruptedException {
    pool.stored();
  }

  private Optional<Judgement> awaitStart() throws IOException, InterruptedException {
    LoadTestSpec test = plan.test();
    Readiness readiness = test.target().readiness();
    Duration startTimeout = Durations.parse(test.startTimeout());
    Duration readinessTimeout =
        readiness == null ? startTimeout : Durations.parse(readiness.timeout());
    long begin = clock.nanos();
    Optional<String> problem =
        readiness == null ? Optional.empty() : Optional.of("the target was not asked yet");
    while (!concluded.getAsBoolean()) {
      pool.pull();
      problem = problem.isEmpty() ? problem : target.problem();
      publishRunners();
      StartDecision.Seen seen =
          new StartDecision.Seen(
              Duration.ofNanos(clock.nanos() - begin),
              startTimeout,
              readinessTimeout,
              problem,
              stopped);
      switch (StartDecision.decide(seen, pool.runners())) {
        case StartDecision.Await await -> {
          progress.waiting(await.reason(), await.message());
          clock.sleep(START_POLL);
        }
        case StartDecision.GiveUp end -> {
          return Optional.of(end.judgement());
        }
        case StartDecision.Resume resume -> {
          resume();
          return Optional.empty();
        }
        case StartDecision.Start start -> {
          if (start()) {
            return Optional.empty();
          }
        }
      }
    }
    return Optional.empty();
  }

  private boolean start() throws IOException, InterruptedException {
    Optional<List<ClockOffset>> offsets = starts.offsets();
    if (offsets.isEmpty()) {
      return false;
    }
    Duration lead = lead(offsets.get());
    long at = clock.nanos() + lead.toNanos();
    Instant instant = clock.now().plus(lead);
    begin(instant);
    startNanos = at;
    starts.order(
        at, instant.toEpochMilli(), search.map(SearchRun::trial).orElse(null), offsets.get());
    LOG.info("the load starts at {} on {} runners", instant, plan.runners());
    return true;
  }

  private static Duration lead(List<ClockOffset> offsets) {
    long slowest = offsets.stream().mapToLong(ClockOffset::errorNanos).max().orElse(0) * 2;
    Duration lead = LEAD.plusNanos(LEAD_EXCHANGES * slowest);
    return lead.compareTo(MOST_LEAD) < 0 ? lead : MOST_LEAD;
  }

  /**
   * A coordinator before this one named the start. Runners that it did not reach are told it while
   * it lies ahead; later they would send another load than the one asked for, so they are lost.
   */
  private void resume() throws IOException, InterruptedException {
    RunnerView known =
        pool.runners().stream().filter(r -> r.start().isPresent()).findFirst().orElseThrow();
    StartOrder order = known.start().orElseThrow();
    Trial trial = order.trial();
    if (trial != null) {
      endSearch(trial, order);
      return;
    }
    Instant instant = Instant.ofEpochMilli(order.epochMillis());
    begin(instant);
    LOG.info("resuming the run whose load started at {}", instant);
    Optional<List<ClockOffset>> offsets = starts.offsets();
    if (offsets.isPresent()) {
      long at = order.nanos() - offsets.get().get(known.index).nanos();
      starts.order(at, order.epochMillis(), null, offsets.get());
    }
  }

  /** A search cannot be led on; what its trials sent is taken and counted all the same. */
  private void endSearch(Trial trial, StartOrder order) throws IOException {
    search = Optional.empty();
    interrupted =
        Optional.of(
            Judgement.inconclusive(
                "SearchInterrupted",
                "the coordinator began anew in trial %d of a search, which only its first can lead; see why its pod was gone and run the test again"
                    .formatted(trial.number())));
    begin(Instant.ofEpochMilli(order.epochMillis()).minusSeconds(trial.afterInterval()));
    stop(true);
  }

  private void begin(Instant instant) throws IOException {
    started = instant;
    progress.started(instant);
    files.begin(instant, progress.totals(), progress.recent());
  }

  private void collect() throws IOException, InterruptedException {
    long begin = clock.nanos();
    for (long tick = 1; ; tick++) {
      pool.pull();
      publish();
      while (pool.behind() && clock.nanos() - begin < tick * SECOND) {
        // No longer than a second: those that have no more must hear from us too.
        pool.pullBehind();
        publish();
      }
      pool.loseSilent();
      publish();
      publishRunners();
      if (pool.allDone()) {
        return;
      }
      clocks.tick();
      if (search.isPresent()) {
        advance(search.get());
      }
      if (stopped) {
        // Again each second: a runner that was out of reach must hear it too.
        pool.stop(stoppedNow);
      }
      endOverdue();
      clock.sleep(Math.max(0, begin + tick * SECOND - clock.nanos()));
    }
  }

  /** Leads the search on: ends a trial, starts the next, or ends the load. */
  private void advance(SearchRun<?> trials) throws InterruptedException {
    if (stopped) {
      return;
    }
    if (pool.runners().stream().anyMatch(r -> r.lost().isPresent())) {
      // Without one of its runners a trial offers less than its level.
      pool.stop(false);
      return;
    }
    Optional<Trial> next = trials.next((clock.nanos() - startNanos) / (double) SECOND);
    progress.searched(trials.report());
    if (trials.over()) {
      pool.stop(false);
    } else if (next.isPresent()) {
      start(next.get());
    }
  }

  private void start(Trial trial) throws InterruptedException {
    // Where one does not answer the next round loses it, or starts the trial with its clock known.
    Optional<List<ClockOffset>> offsets = starts.offsets();
    while (offsets.isEmpty() && !stopped) {
      clock.sleep(START_POLL);
      pool.pull();
      pool.loseSilent();
      offsets = starts.offsets();
    }
    if (offsets.isPresent()) {
      long after = trial.afterInterval() * SECOND;
      starts.order(
          startNanos + after, started.plusNanos(after).toEpochMilli(), trial, offsets.get());
      LOG.info("trial {} at level {} starts", trial.number(), trial.level());
    }
  }

  /** Why the runners spoil a trial; empty if they do not. */
  private String runnersFault() {
    return Validity.unable(pool.runners(), Optional.empty(), typicalMicros(progress.totals()))
        .map(Judgement::message)
        .orElse("");
  }

  private void publish() throws IOException {
    for (Snapshot interval : pool.merge().drain()) {
      progress.add(interval);
      files.interval(interval, progress.totals(), progress.recent());
      search.ifPresent(s -> s.add(interval));
    }
  }

  private void publishRunners() {
    progress.runners(
        pool.status(clocks.skew()),
        pool.datasets(),
        HealthReport.of(pool.runners(), clocks.report(), typicalMicros(progress.totals())));
  }

  /** A load that does not end by itself is cut off, and then given up: a run never hangs. */
  private void endOverdue() {
    Optional<Duration> longest = LoadLength.longest(plan.test());
    if (longest.isEmpty()) {
      return;
    }
    Duration late = Duration.between(started, clock.now()).minus(longest.get());
    if (late.compareTo(OVERDUE) > 0) {
      if (!overdue) {
        LOG.error("the load should have ended {} s ago and is cut off", late.toSeconds());
        overdue = true;
      }
      pool.stop(true);
    }
    if (late.compareTo(OVERDUE.multipliedBy(2)) > 0) {
      pool.runners().stream()
          .filter(r -> !pool.merge().done(r.index))
          .forEach(r -> pool.lose(r, "its load did not end"));
    }
  }

  private void judge(Optional<Judgement> givenUp) throws IOException {
    Totals totals = progress.totals();
    double seconds = progress.loadSeconds();
    if (search.isPresent()) {
      judge(search.get(), givenUp, totals, seconds);
      return;
    }
    List<ThresholdResult> thresholds =
        Thresholds.judge(plan.test(), totals.series(), totals.whole(), seconds);
    Optional<Judgement> broken =
        givenUp
            .or(() -> Validity.broken(stopped, pool.runners(), totals.failures()))
            .or(() -> Validity.unable(pool.runners(), clocks.skew(), typicalMicros(totals)))
            .or(() -> unsure(thresholds, totals, seconds))
            .or(() -> LoadGenRules.unmet(plan.test(), seconds));
    Judgement verdict =
        Judge.verdict(
            broken,
            Drops.tooMany(plan.test(), totals.loads()),
            thresholds,
            totals.whole().requests());
    LOG.info("{} ({}): {}", verdict.verdict(), verdict.reason(), verdict.message());
    files.end(totals, seconds, Validity.faults(pool.runners()));
    progress.judged(verdict, thresholds, clock.now());
  }

  private void judge(
      SearchRun<?> trials, Optional<Judgement> givenUp, Totals totals, double seconds)
      throws IOException {
    SearchReport report = trials.report();
    Judgement verdict =
        givenUp
            .or(() -> Validity.broken(stopped, pool.runners(), List.of()))
            .orElseGet(
                () ->
                    trials.over()
                        ? report.judgement()
                        : Judgement.inconclusive(
                            "SearchNotEnded", "the search was cut off before its end"));
    LOG.info("{} ({}): {}", verdict.verdict(), verdict.reason(), verdict.message());
    files.end(totals, seconds, Validity.faults(pool.runners()));
    progress.searched(report);
    progress.judged(verdict, List.of(), clock.now());
  }

  /** A threshold that is broken only if the runners' own lag is counted as the target's. */
  private Optional<Judgement> unsure(
      List<ThresholdResult> thresholds, Totals totals, double seconds) {
    if (thresholds.stream().noneMatch(t -> t.verdict() == Verdict.Failed)) {
      return Optional.empty();
    }
    Optional<Judgement> suspect = Validity.suspect(pool.runners(), typicalMicros(totals));
    long lag = Validity.worstLagMicros(pool.runners());
    return suspect.filter(
        s ->
            Thresholds.judge(plan.test(), totals.series(), totals.whole(), seconds, lag).stream()
                .noneMatch(t -> t.verdict() == Verdict.Failed));
  }

  private static long typicalMicros(Totals totals) {
    return totals.whole().responseTime().percentileMicros(50);
  }

  @Override
  public void close() {
    pool.close();
  }
}
