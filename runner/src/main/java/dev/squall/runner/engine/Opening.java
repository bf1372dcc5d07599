package dev.squall.runner.engine;

import java.util.concurrent.CompletableFuture;

/**
 * How a pool's first connections are opened before the start instant: one by one, at a rate, those
 * that fail or are closed again and again, until then. Only the event loop calls it.
 */
final class Opening extends Timers.Timer {
  /** How long it waits after a connection that could not be opened. */
  private static final long RETRY_NANOS = 1_000_000_000;

  /** How often it looks whether the target's address is known. */
  private static final long RESOLVE_POLL_NANOS = 10_000_000;

  /** Behind by more than this, it does not hurry to catch up. */
  private static final long MOST_BEHIND_NANOS = 10_000_000;

  private final Timers timers;
  private final Pool pool;
  private final Terms terms;
  private final CompletableFuture<Void> done = new CompletableFuture<>();
  private boolean begun;
  private long nextAt;
  private long notBefore = Long.MIN_VALUE;
  private long until = Timers.NEVER;
  private String problem = "";

  /**
   * What is opened before the start.
   *
   * @param count how many connections, from 0
   * @param everyNanos from one to the next
   * @param afterNanos from the begin to the first
   */
  record Terms(int count, long everyNanos, long afterNanos) {
    /** An event loop's part: its instants lie between those of the others. */
    static Terms of(ConnectionSettings.Pool pool, LoopShare part) {
      double every = 1e9 / pool.openRate();
      return new Terms(
          part.of(pool.opened()), (long) (every * part.loops()), (long) (every * part.number()));
    }
  }

  /**
   * How it stands.
   *
   * @param open connections that are open
   * @param wanted how many are to be
   * @param problem why the last one failed, empty if none did
   */
  record Progress(int open, int wanted, String problem) {
    /** Nothing is to be opened. */
    static final Progress NONE = new Progress(0, 0, "");

    /** Two event loops together. */
    Progress plus(Progress other) {
      return new Progress(
          open + other.open, wanted + other.wanted, problem.isEmpty() ? other.problem : problem);
    }

    /** In a few words; empty if all are open. */
    String words() {
      return open >= wanted
          ? ""
          : "%d of %d connections are open%s"
              .formatted(open, wanted, problem.isEmpty() ? "" : "; one failed: " + problem);
    }
  }

  Opening(Timers timers, Pool pool, Terms terms) {
    this.timers = timers;
    this.pool = pool;
    this.terms = terms;
  }

  /** Begins, if it has not; completes when all are open. */
  CompletableFuture<Void> begin(long nowNanos) {
    if (!begun) {
      begun = true;
      nextAt = nowNanos + terms.afterNanos;
      progressed();
      goOn();
    }
    return done;
  }

  /** Ends at an instant, begun or not: from then on connections are opened when they are needed. */
  void until(long instantNanos, long nowNanos) {
    until = instantNanos;
    if (nowNanos < until) {
      var _ = begin(nowNanos);
    } else {
      end();
    }
  }

  @Override
  void fire(long now) {
    if (now >= until) {
      end();
    } else if (pool.count() < terms.count) {
      if (pool.dial()) {
        nextAt = Math.max(nextAt + terms.everyNanos, now - MOST_BEHIND_NANOS);
      } else {
        nextAt = now + RESOLVE_POLL_NANOS;
        problem = pool.unresolved();
      }
      goOn();
    }
  }

  private void goOn() {
    if (begun && pool.count() < terms.count) {
      timers.set(this, Math.max(nextAt, notBefore));
    }
  }

  /** Another connection is established. */
  void progressed() {
    if (begun && pool.established() >= terms.count) {
      problem = "";
      done.complete(null);
    }
  }

  /** One could not be established. */
  void refused(Refusal refusal) {
    problem = refusal.reason();
    // Not faster than a target that is about to come up can bear.
    notBefore = System.nanoTime() + RETRY_NANOS;
    goOn();
  }

  /** One was closed. */
  void fellBack() {
    nextAt = Math.max(nextAt, System.nanoTime());
    goOn();
  }

  /** Opens no more. */
  void end() {
    begun = false;
    until = Long.MIN_VALUE;
    timers.cancel(this);
    done.complete(null);
  }

  /** How it stands. */
  Progress progress() {
    return new Progress(pool.established(), terms.count, problem);
  }
}
