package dev.squall.runner.coordinator;

import dev.squall.api.wire.Plan;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.results.ResultSink;
import dev.squall.runner.results.Totals;
import java.io.IOException;
import java.util.List;
import java.util.Optional;
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
  private static final Logger LOG = LoggerFactory.getLogger(Coordinator.class);

  private final Plan plan;
  private final RunProgress progress;
  private final RunnerPool pool;
  private final Clocks clocks;
  private final ResultSink files;
  private final RunClock clock;
  private final BooleanSupplier concluded;
  private final Publication publication;
  private final StartPhase startPhase;
  private final LoadPhase loadPhase;
  private final StopRequest stop = new StopRequest();
  private final Optional<SearchLead> search;

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
    this.files = files;
    this.clock = clock;
    this.concluded = concluded;
    this.pool = new RunnerPool(links, clock);
    this.clocks = new Clocks(pool, clock);
    StartInstant starts = new StartInstant(pool, clock);
    Optional<SearchLead> leads =
        SearchRun.of(plan.test(), pool, this::runnersFault)
            .map(run -> new SearchLead(run, pool, starts, progress, stop, clock));
    this.search = leads;
    this.publication =
        new Publication(
            pool,
            clocks,
            progress,
            files,
            second -> leads.ifPresent(lead -> lead.search().add(second)));
    this.startPhase =
        new StartPhase(plan.test(), pool, starts, target, progress, publication, stop, clock);
    this.loadPhase = new LoadPhase(plan.test(), pool, clocks, publication, stop, clock);
  }

  /** Ends the load on all runners at once; with {@code now}, what is in flight is cut off too. */
  public void stop(boolean now) {
    stop.make(now);
    pool.orders().stop(now);
  }

  /** Whether the run was told to end. */
  public boolean stopped() {
    return stop.made();
  }

  /**
   * Runs to the verdict; the result files but the summary are then written.
   *
   * @return false if the run was concluded before, and nothing is to be judged
   */
  public boolean run() throws IOException, InterruptedException {
    switch (startPhase.await(search.map(SearchLead::search), concluded)) {
      case StartPhase.Concluded _ -> {
        return false;
      }
      case StartPhase.GivenUp(Judgement judgement) -> {
        // Nothing was sent: runners that wait for their start need not.
        pool.orders().stop(true);
        publication.notStarted(clock.now());
        judge(Optional.of(judgement));
      }
      case StartPhase.Started(LoadStart start) -> {
        loadPhase.gather(start, search);
        progress.loadEnded(LoadSeconds.measured(pool.runners(), progress.totals()));
        judge(Optional.empty());
      }
    }
    return true;
  }

  /** Tells the runners that the results are stored, so that they may end. */
  public void confirmStored() throws InterruptedException {
    pool.orders().stored();
  }

  /** Why the runners spoil a trial; empty if they do not. */
  private String runnersFault() {
    long typicalMicros = Publication.typicalMicros(progress.totals());
    return Validity.unable(pool.runners(), Optional.empty(), typicalMicros)
        .map(Judgement::message)
        .orElse("");
  }

  private void judge(Optional<Judgement> interrupted) throws IOException {
    Totals totals = progress.totals();
    double seconds = progress.loadSeconds();
    List<RunnerView> runners = pool.runners();
    FinalJudgement last =
        search
            .map(lead -> FinalJudgement.ofSearch(lead.search(), runners, interrupted, stopped()))
            .orElseGet(
                () ->
                    FinalJudgement.ofLoad(
                        plan.test(),
                        runners,
                        clocks.skew(),
                        interrupted,
                        stopped(),
                        totals,
                        seconds));
    Judgement verdict = last.verdict();
    LOG.info("{} ({}): {}", verdict.verdict(), verdict.reason(), verdict.message());
    files.end(totals, seconds, Validity.faults(runners));
    search.map(SearchLead::search).ifPresent(s -> progress.searched(s.report(), s.now()));
    progress.judged(verdict, last.thresholds(), clock.now());
  }

  @Override
  public void close() {
    pool.close();
  }
}
