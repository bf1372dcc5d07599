package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a request comes to a {@link Carrier}, and how long it waits: for the target's address, for a
 * free carrier, until that is established, and for the answer. Only the event loop calls it.
 */
abstract class Carriage extends Timers.Timer {
  private static final long RESOLVE_POLL_NANOS = 1_000_000;

  private enum Doing {
    NOTHING,
    RESOLVING,
    QUEUED,
    CONNECTING,
    AWAITING
  }

  final UserLoop loop;
  final Underway underway;
  private Doing doing = Doing.NOTHING;
  private long deadline;
  private long connectDeadline;
  private long stopBy = Timers.NEVER;
  private long resolverAnswers;
  private @Nullable Carrier carrier;

  Carriage(UserLoop loop, Underway underway) {
    this.loop = loop;
    this.underway = underway;
  }

  /** Asks for a carrier. */
  abstract Connections.Taken take();

  /** Waits for a carrier no longer. */
  abstract void forget();

  /** The request has failed. */
  abstract void fail(Refusal refusal, long done, boolean wasSent, long contentBytes);

  /** The deadline for all requests has come while one is under way. */
  abstract void giveUp(long now);

  /** Whether a request is under way. */
  final boolean active() {
    return doing != Doing.NOTHING;
  }

  /** Whether it has a carrier, ready or not. */
  final boolean hasCarrier() {
    return carrier != null;
  }

  /** Begins a request that has a time for its answer. */
  final void begin(long timeoutNanos, long now) {
    deadline = now + timeoutNanos;
    resolverAnswers = loop.addresses().answers();
    attempt(now);
  }

  /** Sends the request, on the carrier there is or another one; also again. */
  final void attempt(long now) {
    Carrier held = carrier;
    if (held != null && held.idle()) {
      send(held);
      return;
    }
    connectDeadline = Math.min(deadline, now + loop.lives().connectTimeoutNanos());
    reach(now);
  }

  private void reach(long now) {
    doing = Doing.CONNECTING;
    arm(connectDeadline);
    if (carrier != null && carrier.connecting()) {
      underway.hold(now);
      return;
    }
    drop();
    // Before it is taken: an address that is found in between is used at the next look.
    boolean lookedFor = loop.addresses().answers() > resolverAnswers;
    switch (take()) {
      case GIVEN -> {}
      case QUEUED -> {
        underway.hold(now);
        doing = Doing.QUEUED;
        arm(deadline);
      }
      case UNRESOLVED -> resolve(lookedFor, now);
    }
  }

  private void resolve(boolean lookedFor, long now) {
    underway.hold(now);
    if (now >= connectDeadline || lookedFor) {
      fail(loop.addresses().refusal(), now, false, 0);
    } else {
      doing = Doing.RESOLVING;
      arm(now + RESOLVE_POLL_NANOS);
    }
  }

  private void arm(long nanos) {
    loop.timers().set(this, Math.min(nanos, stopBy));
  }

  /** It has a carrier from here on, until that is released, reset or gone. */
  final void given(Carrier given) {
    carrier = given;
    if (doing == Doing.NOTHING) {
      return;
    }
    if (given.idle()) {
      send(given);
      return;
    }
    long now = System.nanoTime();
    underway.hold(now);
    if (doing == Doing.QUEUED) {
      doing = Doing.CONNECTING;
      connectDeadline = Math.min(deadline, now + loop.lives().connectTimeoutNanos());
      arm(connectDeadline);
    }
  }

  /** The carrier is established. */
  final void connected() {
    if (doing == Doing.CONNECTING && carrier != null) {
      send(carrier);
    }
  }

  private void send(Carrier ready) {
    doing = Doing.AWAITING;
    arm(deadline);
    underway.send(ready);
    if (doing == Doing.AWAITING && underway.streamed() != null) {
      arm(Math.min(deadline, underway.lookAgain(System.nanoTime())));
    }
  }

  /** No connection is established in time. */
  private void late(long now) {
    waited(carrier == null ? Faults.CONNECT_TIMEOUT : carrier.late(), now, false);
  }

  /** The answer's deadline has come, or it is to be looked whether it still streams. */
  private void look(long now) {
    if (now >= deadline) {
      waited(Faults.TIMEOUT, now, true);
    } else if (underway.silent(now)) {
      waited(Faults.SILENT, now, true);
    } else {
      arm(Math.min(deadline, underway.lookAgain(now)));
    }
  }

  @Override
  final void fire(long now) {
    if (now >= stopBy) {
      giveUp(now);
      return;
    }
    switch (doing) {
      case RESOLVING -> reach(now);
      case QUEUED -> waited(Faults.NONE_FREE, now, false);
      case CONNECTING -> late(now);
      case AWAITING -> look(now);
      case NOTHING -> {}
    }
  }

  /** It has waited for too long. */
  private void waited(Refusal refusal, long now, boolean wasSent) {
    if (!wasSent || carrier == null) {
      drop();
    } else if (!carrier.cancel()) {
      carrier = null;
    }
    fail(refusal, now, wasSent, 0);
  }

  /** The carrier that it has, or waits for, could not be established. */
  final void connectFailed(Refusal refusal) {
    carrier = null;
    if (doing == Doing.CONNECTING || doing == Doing.QUEUED) {
      fail(refusal, System.nanoTime(), false, 0);
    }
  }

  /** The carrier is gone, or not to be used again. */
  final void disconnected() {
    carrier = null;
  }

  /** The request is over, with nothing of it under way: the carrier is kept or given back. */
  final void rest() {
    doing = Doing.NOTHING;
    loop.timers().cancel(this);
    if (carrier != null && !carrier.release()) {
      carrier = null;
    }
  }

  /** Gives further requests until a deadline, at which they are interrupted. */
  final void limit(long nanos) {
    stopBy = nanos;
  }

  /** Gives this and further requests until a deadline, if that is earlier than the one given. */
  final void stopBy(long nanos) {
    stopBy = Math.min(stopBy, nanos);
    if (active()) {
      arm(atNanos());
    }
  }

  /** Gives up what is under way, and the carrier. */
  final void close() {
    loop.timers().cancel(this);
    drop();
    doing = Doing.NOTHING;
  }

  private void drop() {
    if (doing == Doing.QUEUED) {
      forget();
    }
    if (carrier != null) {
      carrier.reset();
      carrier = null;
    }
  }
}
