package dev.squall.runner.control;

import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.engine.Engine;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
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
  private final CoordinatorSilence silence;
  private final KeptSeconds kept;
  private final RunnerLoad load = new RunnerLoad();
  private final CompletableFuture<Void> ended = new CompletableFuture<>();

  private Phase phase = Phase.Preparing;
  private @Nullable Fault fault;
  private boolean ending;

  /**
   * A session that prepares.
   *
   * @param workDir where the snapshots are kept
   */
  public RunnerSession(Path workDir, MonotonicClock clock) throws IOException {
    this.clock = clock;
    this.silence = new CoordinatorSilence(clock, SILENCE);
    this.kept = new KeptSeconds(workDir);
  }

  /** The engine stands: the runner is ready once what is to be open before the start is. */
  public synchronized void ready(Engine engine, List<DatasetDigest> digests) {
    load.prepared(engine, digests);
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
    load.prepared(engines, digests);
    prepared();
  }

  /** Something broke, before the start or in the load. The first fault is the one that is told. */
  public synchronized void broke(Fault what) {
    if (fault == null) {
      fault = what;
      LOG.error("{}: {}", what.reason(), what.message());
    }
  }

  /** A coordinator spoke to this runner. */
  void heard() {
    silence.heard();
  }

  long clockNanos() {
    return clock.nanos();
  }

  /** Where this runner stands. */
  public synchronized RunnerState state() {
    return load.state(phase, fault, kept.newest());
  }

  /** Starts the load; the same order again changes nothing. */
  synchronized void start(StartOrder wanted) throws RunnerRefusedException {
    if (load.wasTold(wanted)) {
      return;
    }
    if (phase != Phase.Ready || fault != null) {
      throw new RunnerRefusedException(
          "this runner is " + (fault == null ? phase : "broken: " + fault.message()));
    }
    Engine engine = load.take(wanted, kept.newest());
    phase = Phase.Running;
    engine.start(wanted.nanos());
    new SnapshotCutter(engine, wanted, kept, this).start();
  }

  /** Ends a trial gracefully, if it runs. */
  synchronized void endTrial(int number) {
    if (phase == Phase.Running && load.tries(number)) {
      load.stopTrial(kept.newest());
    }
  }

  /** Ends the load: gracefully, or now. A load that has not begun never does. */
  public synchronized void stop(boolean now) {
    ending = true;
    if (phase == Phase.Running) {
      load.stop(now);
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
    return silence.heardNanos();
  }

  /** The load has ended, in a search that of its newest trial. */
  synchronized void loadEnded(StartOrder what) {
    load.ended(what, clock.nanos());
  }

  /** What an order started has ended, and its every snapshot is kept. */
  synchronized void ended(StartOrder what) {
    if (what.trial() != null && !ending && fault == null) {
      phase = Phase.Ready;
    } else {
      end();
    }
  }

  private synchronized void end() {
    phase = Phase.Ended;
    ended.complete(null);
  }

  /**
   * Ends the load if no coordinator has spoken for too long; of a search the trial alone, which a
   * coordinator that begins anew tries again.
   */
  synchronized void endIfSilent() {
    if (!load.started() || !silence.tooLong()) {
      return;
    }
    if (load.tries()) {
      LOG.warn("no word from a coordinator for {} s: the trial ends", SILENCE.toSeconds());
      load.stopTrial(kept.newest());
    } else {
      broke(silence.fault());
      stop(false);
    }
  }

  @Override
  public void close() throws IOException {
    Engine engine;
    synchronized (this) {
      engine = load.engine();
    }
    if (engine != null) {
      engine.close();
    }
    kept.close();
  }
}
