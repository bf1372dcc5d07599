package dev.squall.runner.control;

import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.vitals.Machine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One runner's part in one run: starts the load when it is told, cuts a snapshot at start + k
 * seconds, keeps all of them on disk until the results are stored, and stops the load by itself if
 * it hears nothing from a coordinator for {@link #SILENCE}. Thread-safe.
 */
public final class RunnerSession implements AutoCloseable {
  /** How long a running load goes on without a word from a coordinator. */
  public static final Duration SILENCE = Duration.ofSeconds(10);

  private static final Logger LOG = LoggerFactory.getLogger(RunnerSession.class);

  private final MonotonicClock clock;
  private final Machine machine = Machine.here();
  private final KeptSeconds kept;
  private final CompletableFuture<Void> ended = new CompletableFuture<>();
  private volatile long heardNanos;

  private Phase phase = Phase.Preparing;
  private @Nullable Fault fault;
  private @Nullable StartOrder order;
  private @Nullable Engine sender;
  private @Nullable TrialEngines trials;
  private boolean ending;
  private @Nullable Long loadNanos;
  private @Nullable Integer stoppedAfter;
  private List<DatasetDigest> datasets = List.of();

  /**
   * A session that prepares.
   *
   * @param workDir where the snapshots are kept
   */
  public RunnerSession(Path workDir, MonotonicClock clock) throws IOException {
    this.clock = clock;
    this.kept = new KeptSeconds(workDir);
    heard();
  }

  /** The engine stands: the runner is ready once what is to be open before the start is. */
  public synchronized void ready(Engine engine, List<DatasetDigest> digests) {
    sender = engine;
    datasets = List.copyOf(digests);
    CompletableFuture<Void> open = engine.open();
    if (open.isDone()) {
      prepared();
    } else {
      // Not on an event loop: it would wait here for somebody who waits for it.
      var _ = open.thenRunAsync(this::prepared);
    }
  }

  private synchronized void prepared() {
    if (phase == Phase.Preparing) {
      phase = Phase.Ready;
    }
  }

  /** What a search's trials need stands: the runner is ready for the first. */
  public synchronized void ready(TrialEngines engines, List<DatasetDigest> digests) {
    trials = engines;
    datasets = List.copyOf(digests);
    prepared();
  }

  /** Something broke, before the start or in the load. The first fault is the one that is told. */
  public synchronized void broke(Fault what) {
    if (fault == null) {
      fault = what;
      LOG.error("{}: {}", what.reason(), what.message());
    }
  }

  /** This program broke. */
  void broke(String message) {
    broke(new Fault("RunnerBroken", message));
  }

  /** A coordinator spoke to this runner. */
  void heard() {
    heardNanos = clock.nanos();
  }

  long clockNanos() {
    return clock.nanos();
  }

  /** Where this runner stands. */
  public synchronized RunnerState state() {
    Engine engine = sender;
    int users = engine == null || phase != Phase.Running ? 0 : engine.users();
    String preparing = engine == null || phase != Phase.Preparing ? "" : engine.opening();
    return new RunnerState(
        phase,
        fault,
        order,
        kept.newest(),
        users,
        loadNanos,
        datasets,
        machine,
        preparing.isEmpty() ? null : preparing,
        engine == null ? null : EngineChoice.how(engine),
        stoppedAfter);
  }

  /** Starts the load; the same order again changes nothing. */
  synchronized void start(StartOrder wanted) throws RunnerRefusedException {
    if (order != null) {
      if (order.equals(wanted)) {
        return;
      }
      if (wanted.trial() == null || order.trial() == null) {
        throw new RunnerRefusedException(
            "this runner was told another start already; a run starts once");
      }
    }
    if (phase != Phase.Ready || fault != null) {
      throw new RunnerRefusedException(
          "this runner is " + (fault == null ? phase : "broken: " + fault.message()));
    }
    Engine engine = EngineChoice.of(wanted, sender, trials, kept.newest());
    sender = engine;
    order = wanted;
    stoppedAfter = null;
    phase = Phase.Running;
    engine.start(wanted.nanos());
    Thread.ofPlatform()
        .name("snapshots")
        .daemon()
        .start(new SnapshotCutter(engine, wanted, kept, this));
  }

  /** Ends a trial gracefully, if it runs. */
  synchronized void endTrial(int number) {
    Engine engine = sender;
    Trial trial = order == null ? null : order.trial();
    if (phase == Phase.Running && engine != null && trial != null && trial.number() == number) {
      stopTrial(engine);
    }
  }

  private void stopTrial(Engine engine) {
    if (stoppedAfter == null) {
      stoppedAfter = kept.newest();
    }
    engine.stop();
  }

  /** Ends the load: gracefully, or now. A load that has not begun never does. */
  public synchronized void stop(boolean now) {
    ending = true;
    Engine engine = sender;
    if (phase == Phase.Running && engine != null) {
      if (now) {
        engine.abort();
      } else {
        engine.stop();
      }
    } else if (phase != Phase.Ended) {
      end();
    }
  }

  /** The seconds so far. */
  KeptSeconds kept() {
    return kept;
  }

  /** Waits until the results are stored; false if that did not happen in time. */
  public boolean awaitStored(Duration atMost) throws InterruptedException {
    return kept.awaitStored(atMost);
  }

  /** Completed once the load has ended and its last snapshot is kept. */
  public CompletableFuture<Void> ended() {
    return ended.copy();
  }

  /** Whether a coordinator has every snapshot there is. */
  public boolean allPulled() {
    return ended.isDone() && kept.allTaken();
  }

  /** When a coordinator last spoke to this runner, on its clock. */
  public long lastHeardNanos() {
    return heardNanos;
  }

  /** The load has ended, in a search that of its newest trial. */
  synchronized void loadEnded(StartOrder what) {
    Trial trial = what.trial();
    long before = trial == null ? 0 : TimeUnit.SECONDS.toNanos(trial.afterInterval());
    loadNanos = before + Math.max(0, clock.nanos() - what.nanos());
  }

  /** An engine has ended, and its every snapshot is kept. */
  void ended(Engine engine, StartOrder what) {
    if (what.trial() != null) {
      engine.close();
      synchronized (this) {
        if (!ending && fault == null) {
          phase = Phase.Ready;
          return;
        }
      }
    }
    end();
  }

  private void end() {
    synchronized (this) {
      phase = Phase.Ended;
    }
    ended.complete(null);
  }

  /**
   * Ends the load if no coordinator has spoken for too long; of a search the trial alone, which a
   * coordinator that begins anew tries again.
   */
  synchronized void endIfSilent() {
    Engine engine = sender;
    StartOrder told = order;
    if (engine == null || told == null || clock.nanos() - heardNanos <= SILENCE.toNanos()) {
      return;
    }
    if (told.trial() != null) {
      LOG.warn("no word from a coordinator for {} s: the trial ends", SILENCE.toSeconds());
      stopTrial(engine);
      return;
    }
    broke(
        new Fault(
            "CoordinatorSilent",
            "no word from a coordinator for %d s, so the runner stopped its load by itself; see why"
                    .formatted(SILENCE.toSeconds())
                + " the coordinator's pod was gone"));
    stop(false);
  }

  @Override
  public void close() throws IOException {
    Engine engine;
    synchronized (this) {
      engine = sender;
    }
    if (engine != null) {
      engine.close();
    }
    kept.close();
  }
}
