package dev.squall.runner.engine;

/** One load's share on one event loop. Only its event loop calls it. */
abstract class LoadRun extends Timers.Timer {
  final UserLoop loop;
  final Load.Terms terms;

  /** Number of the load. */
  final int number;

  private long startNanos;
  private long endNanos = Timers.NEVER;
  private boolean over;

  LoadRun(UserLoop loop, int number, Load.Terms terms) {
    this.loop = loop;
    this.number = number;
    this.terms = terms;
  }

  /** Names the start instant of the run. */
  final void start(long instantNanos) {
    startNanos = instantNanos + terms.startNanos();
    if (terms.durationNanos().isPresent()) {
      endNanos = startNanos + terms.durationNanos().getAsLong();
    }
    begin();
  }

  /** The start instant is named. */
  abstract void begin();

  /** Starts no further request; those in flight get the graceful stop. */
  abstract void stop(long nowNanos);

  /** Ends everything now; requests in flight count as interrupted. */
  abstract void abort(long nowNanos);

  /** Counts as offered what has become due, up to an instant. */
  void account(long nowNanos) {}

  /** Users running. */
  int users() {
    return 0;
  }

  /** Arrivals that are due and wait for a slot. */
  long waiting() {
    return 0;
  }

  /** When the load starts. */
  final long startNanos() {
    return startNanos;
  }

  /** When the load's duration is over, or {@link Timers#NEVER}. */
  final long endNanos() {
    return endNanos;
  }

  /** Ends the load earlier than its duration. */
  final void endsBy(long nanos) {
    endNanos = Math.min(endNanos, nanos);
  }

  /** An instant, and the graceful stop after it. */
  final long graceAfter(long nanos) {
    return nanos > Timers.NEVER - terms.gracefulStopNanos()
        ? Timers.NEVER
        : nanos + terms.gracefulStopNanos();
  }

  /** Counts a request whose time has come. */
  final void offered() {
    loop.recordings.now().offered(number, 1);
  }

  /** Nothing of it runs, or will. */
  final void over() {
    if (!over) {
      over = true;
      loop.timers().cancel(this);
      loop.runOver();
    }
  }
}
