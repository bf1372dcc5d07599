package dev.squall.runner.control;

import dev.squall.runner.engine.Engine;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.vitals.VitalsMeter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Cuts interval k at start + k seconds until the load has ended, and keeps each. On a thread of its
 * own.
 */
final class SnapshotCutter implements Runnable {
  /** How the names of the engine's threads begin. */
  private static final String LOOP_THREADS = "squall-load-";

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Engine engine;
  private final long startNanos;
  private final SnapshotFile kept;
  private final RunnerSession session;

  /** A cutter of a load that was told to start. */
  SnapshotCutter(Engine engine, long startNanos, SnapshotFile kept, RunnerSession session) {
    this.engine = engine;
    this.startNanos = startNanos;
    this.kept = kept;
    this.session = session;
  }

  @Override
  public void run() {
    CompletableFuture<Void> done = engine.completion();
    try (VitalsMeter meter = new VitalsMeter(LOOP_THREADS)) {
      boolean last = false;
      if (!awaitEnd(done, startNanos)) {
        // What came before the start says nothing of the load.
        meter.next(engine.lag());
      }
      for (int interval = 1; !last; interval++) {
        last = awaitEnd(done, startNanos + interval * SECOND);
        if (last) {
          session.loadEnded(startNanos);
        } else {
          session.endIfSilent();
        }
        Snapshot snapshot = engine.cut(interval);
        last |= snapshot.last();
        kept.append(new RunnerSecond(snapshot, meter.next(engine.lag())).encode());
        session.keptRequests(snapshot.requests());
      }
    } catch (IOException | RuntimeException e) {
      engine.abort();
      session.broke("the runner could not go on and ended its load: " + e);
    } catch (InterruptedException e) {
      engine.abort();
      Thread.currentThread().interrupt();
    } finally {
      session.end();
    }
  }

  /** Waits until an instant, or for the load's end, which it tells. */
  private boolean awaitEnd(CompletableFuture<Void> done, long untilNanos)
      throws InterruptedException {
    try {
      done.get(Math.max(0, untilNanos - session.clockNanos()), TimeUnit.NANOSECONDS);
      return true;
    } catch (TimeoutException e) {
      return false;
    } catch (ExecutionException | CompletionException e) {
      session.broke("the engine broke: " + e.getCause());
      return true;
    }
  }
}
