package dev.squall.runner.engine;

/** One load on one event loop: when it ends. Only its event loop calls it. */
final class LoadRun extends Timers.Timer {
  private final UserLoop loop;
  private final Load load;
  private long endNanos = Timers.NEVER;

  LoadRun(UserLoop loop, Load load) {
    this.loop = loop;
    this.load = load;
  }

  /** Sets the end, if the load has a duration. */
  void start(long startNanos) {
    if (load.durationNanos().isPresent()) {
      endNanos = startNanos + load.durationNanos().getAsLong();
      loop.timers().set(this, endNanos);
    }
  }

  /** Whether its duration is over. */
  boolean ended(long nowNanos) {
    return nowNanos >= endNanos;
  }

  /** Until when a user may go on whose last request is started by now. */
  long stopBy(long nowNanos) {
    return Math.min(nowNanos, endNanos) + load.gracefulStopNanos();
  }

  @Override
  void fire(long nowNanos) {
    loop.loadEnded(this, nowNanos);
  }
}
