package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/**
 * How a request comes to a {@link Carrier}: by the target's address, a free carrier, or one that is
 * to be established; and until when it has it. Only the event loop calls it.
 */
abstract class Carriage extends Deadlines {
  private static final long RESOLVE_POLL_NANOS = 1_000_000;

  private enum Doing {
    NOTHING,
    RESOLVING,
    QUEUED,
    CONNECTING,
    AWAITING
  }

  private Doing doing = Doing.NOTHING;
  private long resolverAnswers;
  private @Nullable Carrier carrier;

  Carriage(UserLoop loop, Underway underway) {
    super(loop, underway);
  }

  /** Asks for a carrier. */
  abstract Connections.Taken take();

  /** Waits for a carrier no longer. */
  abstract void forget();

  /** The request has failed. */
  abstract void fail(Refusal refusal, long done, boolean wasSent, long contentBytes);

  @Override
  final boolean active() {
    return doing != Doing.NOTHING;
  }

  /** Whether it has a carrier, ready or not. */
  final boolean hasCarrier() {
    return carrier != null;
  }

  /** Begins a request that has a time for its answer. */
  final void begin(long timeoutNanos, long now) {
    answeredWithin(timeoutNanos, now);
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
    establishes(now);
    reach(now);
  }

  private void reach(long now) {
    doing = Doing.CONNECTING;
    awaitEstablished();
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
        awaitAnswer();
      }
      case UNRESOLVED -> resolve(lookedFor, now);
    }
  }

  private void resolve(boolean lookedFor, long now) {
    underway.hold(now);
    if (lateToEstablish(now) || lookedFor) {
      fail(loop.addresses().refusal(), now, false, 0);
    } else {
      doing = Doing.RESOLVING;
      await(now + RESOLVE_POLL_NANOS);
    }
  }

  /** It has a carrier from here on, until that is released, reset or gone. */
  final void given(Carrier given) {
    carrier = given;
    if (active() && given.idle()) {
      send(given);
    } else if (active()) {
      long now = System.nanoTime();
      underway.hold(now);
      if (doing == Doing.QUEUED) {
        doing = Doing.CONNECTING;
        establishes(now);
        awaitEstablished();
      }
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
    awaitAnswer();
    underway.send(ready);
    if (doing == Doing.AWAITING && underway.streamed() != null) {
      awaitUnit(System.nanoTime());
    }
  }

  /** The answer's deadline has come, or it is to be looked whether it still streams. */
  private void look(long now) {
    Refusal overdue = overdue(now);
    if (overdue != null) {
      waited(overdue, now, true);
    } else {
      awaitUnit(now);
    }
  }

  @Override
  final void due(long now) {
    switch (doing) {
      case RESOLVING -> reach(now);
      case QUEUED -> waited(Faults.NONE_FREE, now, false);
      case CONNECTING ->
          waited(carrier == null ? Faults.CONNECT_TIMEOUT : carrier.late(), now, false);
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
