package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/**
 * How long a request waits: for a connection to be established, for its answer, for the next part
 * of one that streams, and for none of them past the end of its load. Only the event loop calls it.
 */
abstract class Deadlines extends Timers.Timer {
  final UserLoop loop;
  final Underway underway;
  private long answeredBy;
  private long establishedBy;
  private long stopBy = Timers.NEVER;

  Deadlines(UserLoop loop, Underway underway) {
    this.loop = loop;
    this.underway = underway;
  }

  /** A request begins that has a time for its answer. */
  final void answeredWithin(long nanos, long now) {
    answeredBy = now + nanos;
  }

  /** From now on the time runs in which a connection is to be established. */
  final void establishes(long now) {
    establishedBy = Math.min(answeredBy, now + loop.lives().connectTimeoutNanos());
  }

  /** Whether a connection should be established by now. */
  final boolean lateToEstablish(long now) {
    return now >= establishedBy;
  }

  /** Is called once a connection should be established. */
  final void awaitEstablished() {
    await(establishedBy);
  }

  /** Is called once there should be an answer. */
  final void awaitAnswer() {
    await(answeredBy);
  }

  /** Is called once there should be an answer, or it is to be looked whether it still streams. */
  final void awaitUnit(long now) {
    await(Math.min(answeredBy, underway.lookAgain(now)));
  }

  /** Is called at an instant. */
  final void await(long nanos) {
    loop.timers().set(this, Math.min(nanos, stopBy));
  }

  /** Why an answer is awaited no longer; null if it is. */
  final @Nullable Refusal overdue(long now) {
    if (now >= answeredBy) {
      return Faults.TIMEOUT;
    }
    return underway.silent(now) ? Faults.SILENT : null;
  }

  /** Gives further requests until a deadline, at which they are interrupted. */
  final void limit(long nanos) {
    stopBy = nanos;
  }

  /** Gives this and further requests until a deadline, if that is earlier than the one given. */
  final void stopBy(long nanos) {
    stopBy = Math.min(stopBy, nanos);
    if (active()) {
      await(atNanos());
    }
  }

  /** Whether a request is under way. */
  abstract boolean active();

  @Override
  final void fire(long now) {
    if (now >= stopBy) {
      giveUp(now);
    } else {
      due(now);
    }
  }

  /** The end of its load has come while a request is under way. */
  abstract void giveUp(long now);

  /** What was awaited has not come by now. */
  abstract void due(long now);
}
