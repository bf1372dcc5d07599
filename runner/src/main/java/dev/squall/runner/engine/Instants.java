package dev.squall.runner.engine;

/**
 * The instants of one request, and how the time from intended to sent is divided: queueing is the
 * target's doing (no slot was free, or no connection open), the rest is the engine's lateness. Only
 * the event loop calls it.
 */
final class Instants {
  private static final long NOT_HELD = Long.MIN_VALUE;

  private long intended;
  private long sent;
  private long queueing;

  /** Since when the request waits for a connection, or {@link #NOT_HELD}. */
  private long heldSince = NOT_HELD;

  /** A request was due, and has been kept by the target for a part of the time since. */
  void intend(long intendedNanos, long queueingNanos) {
    intended = intendedNanos;
    queueing = queueingNanos;
    heldSince = NOT_HELD;
  }

  /** No connection is open: the request waits for one, if it does not already. */
  void hold(long nowNanos) {
    if (heldSince == NOT_HELD) {
      heldSince = nowNanos;
    }
  }

  /** The target lost what was sent, unserved: all since then is waiting for a connection. */
  void holdSinceSent() {
    heldSince = sent;
  }

  /** A connection is open. */
  void release() {
    if (heldSince != NOT_HELD) {
      queueing += System.nanoTime() - heldSince;
      heldSince = NOT_HELD;
    }
  }

  /** It is written next. */
  void stampSent() {
    sent = System.nanoTime();
  }

  long intended() {
    return intended;
  }

  long sent() {
    return sent;
  }

  long queueing() {
    return queueing;
  }
}
