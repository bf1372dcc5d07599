package dev.squall.runner.engine;

import dev.squall.runner.recording.Lag;

/**
 * Beats of an event loop at fixed instants, and how late it came to each: what a request that was
 * due at that instant would have waited for the loop. A loop that is held up over several beats
 * counts all of them. Only its event loop calls it.
 */
final class Beats extends Timers.Timer {
  /** Rare enough to cost nothing, frequent enough for a p99 within seconds. */
  static final long PERIOD_NANOS = 50_000_000;

  private final Timers timers;
  private final Lag lag = new Lag();
  private long dueNanos;

  Beats(Timers timers) {
    this.timers = timers;
  }

  /** The first beat is due at an instant. */
  void begin(long atNanos) {
    dueNanos = atNanos;
    timers.set(this, atNanos);
  }

  void end() {
    timers.cancel(this);
  }

  @Override
  void fire(long nowNanos) {
    while (dueNanos <= nowNanos) {
      lag.record(nowNanos - dueNanos);
      dueNanos += PERIOD_NANOS;
    }
    timers.set(this, dueNanos);
  }

  /** What was counted since the last call. */
  Lag take() {
    return lag.take();
  }
}
