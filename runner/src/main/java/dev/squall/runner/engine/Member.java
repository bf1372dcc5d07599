package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/**
 * One of a closed load's {@link Population}: comes when it is wanted, goes when it is not any more,
 * and comes again if the load's profile wants it again. Only the event loop calls it.
 */
abstract class Member extends Timers.Timer {
  private enum Phase {
    /** Waits for its start. */
    OUT,
    IN,
    ENDED
  }

  final ClosedRun run;

  /** Its number within the load. */
  private final int n;

  private Phase phase = Phase.OUT;

  /** When it is not wanted any more, and until when its end may take. */
  private long stopAt = Timers.NEVER;

  private long stopBy = Timers.NEVER;

  /**
   * One that has not come.
   *
   * @param n its number within the load
   */
  Member(ClosedRun run, int n) {
    this.run = run;
    this.n = n;
  }

  /** Whether it has nothing to come for. */
  abstract boolean spent();

  /** It is to come at an instant. */
  abstract void awaited(long startNanos);

  /** Its time has come, at first or after a pause. */
  abstract void turn(long now);

  /** What does its request, null if none is under way. */
  abstract @Nullable Exchange underway();

  /** It has gone, and may come again. */
  abstract void gone(long now);

  /** Holds nothing open. */
  abstract void close();

  /** The start instant is named. */
  final void begin() {
    awaitStart(run.startNanos());
  }

  /** Waits until it is wanted, from an instant on; ends if it will not be. */
  private void awaitStart(long fromNanos) {
    long start = run.startAfter(n, fromNanos);
    if (start >= run.endNanos() || spent()) {
      end();
      return;
    }
    stopAt = run.stopAfter(n, start);
    stopBy = run.graceAfter(stopAt);
    awaited(start);
    run.loop.timers().set(this, start);
  }

  @Override
  final void fire(long now) {
    switch (phase) {
      case OUT -> {
        if (now >= stopAt) {
          awaitStart(stopAt);
        } else {
          phase = Phase.IN;
          run.userStarted();
          turn(now);
        }
      }
      case IN -> turn(now);
      case ENDED -> {}
    }
  }

  /** When it is not wanted any more. */
  final long stopAt() {
    return stopAt;
  }

  /** Until when what it does at its end may take. */
  final long stopBy() {
    return stopBy;
  }

  /** Its part is done before it is unwanted: it will not come again. */
  final void partDone(long now) {
    stopBy = Math.min(stopBy, run.graceAfter(now));
  }

  /** The load is over; one whose request is under way learns of it from that. */
  final void loadOver(long now) {
    if (phase == Phase.IN && underway() == null && atNanos() == Timers.NEVER) {
      turn(now);
    }
  }

  /** Stops, and comes again if the profile wants it again. */
  final void leave(long now) {
    if (now < stopAt || stopAt >= run.endNanos() || run.loop.stopping()) {
      end();
      return;
    }
    run.userStopped();
    phase = Phase.OUT;
    gone(now);
    close();
    awaitStart(stopAt);
  }

  /** Starts no further request; ends at once if none is in flight. */
  final void stop(long now) {
    if (phase == Phase.ENDED) {
      return;
    }
    Exchange exchange = underway();
    if (exchange != null) {
      exchange.stopBy(run.graceAfter(now));
    } else {
      end();
    }
  }

  /** Ends at once; a request in flight counts as interrupted. */
  final void abort() {
    if (phase == Phase.ENDED) {
      return;
    }
    Exchange exchange = underway();
    if (exchange != null) {
      exchange.interrupt();
    } else {
      end();
    }
  }

  /** Goes for good. */
  final void end() {
    boolean ran = phase == Phase.IN;
    phase = Phase.ENDED;
    run.loop.timers().cancel(this);
    close();
    if (ran) {
      run.userStopped();
    }
    run.userEnded();
  }
}
