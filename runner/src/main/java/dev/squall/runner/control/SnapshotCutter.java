package dev.squall.runner.control;

import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.engine.Engine;
import dev.squall.runner.recording.GiveWay;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.vitals.Vitals;
import dev.squall.runner.vitals.VitalsMeter;
import java.io.IOException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Cuts interval k at start + k seconds until the load has ended, and keeps each. A trial's
 * intervals go on from those before it; the ones in between hold nothing. On a thread of its own.
 */
final class SnapshotCutter implements Runnable {
  /** How the names of the engine's threads begin. */
  static final String LOOP_THREADS = "squall-load-";

  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);

  private final Engine engine;
  private final StartOrder order;
  private final long startNanos;
  private final KeptSeconds kept;
  private final RunnerSession session;

  /** A cutter of a load that was told to start. */
  SnapshotCutter(Engine engine, StartOrder order, KeptSeconds kept, RunnerSession session) {
    this.engine = engine;
    this.order = order;
    this.startNanos = order.nanos();
    this.kept = kept;
    this.session = session;
  }

  /** Begins, on a thread that ends with the load. */
  void start() {
    Thread.ofPlatform().name("snapshots").daemon().start(this);
  }

  @Override
  public void run() {
    CompletableFuture<Void> done = engine.completion();
    try (VitalsMeter meter = new VitalsMeter(LOOP_THREADS)) {
      Trial trial = order.trial();
      int before = trial == null ? 0 : trial.afterInterval();
      while (kept.newest() < before) {
        kept.add(new RunnerSecond(Snapshot.nothing(kept.newest() + 1), Vitals.none()));
      }
      boolean last = false;
      if (!awaitEnd(done, startNanos)) {
        // What came before the start says nothing of the load.
        meter.next(engine.lag());
      }
      for (int interval = 1; !last; interval++) {
        last = awaitEnd(done, startNanos + interval * SECOND);
        if (last) {
          session.loadEnded(order);
        } else {
          session.endIfSilent();
        }
        Snapshot snapshot = engine.cut(before + interval);
        GiveWay.ifDue();
        last |= snapshot.last();
        if (trial != null) {
          snapshot = snapshot.followed();
        }
        kept.add(new RunnerSecond(snapshot, meter.next(engine.lag())));
      }
    } catch (IOException | RuntimeException e) {
      engine.abort();
      session.broke(Fault.ofRunner("the runner could not go on and ended its load: " + e));
    } catch (InterruptedException e) {
      engine.abort();
      Thread.currentThread().interrupt();
    } finally {
      if (order.trial() != null) {
        // The next trial has an engine of its own.
        engine.close();
      }
      session.ended(order);
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
      session.broke(Fault.ofRunner("the engine broke: " + e.getCause()));
      return true;
    }
  }
}
