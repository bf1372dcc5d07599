package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/**
 * Where the exchanges of an event loop get what carries their requests. Only the event loop calls
 * it.
 */
interface Connections {
  /** What comes of asking for a carrier. */
  enum Taken {
    /**
     * {@link Exchange#given} has been called, with a carrier that is ready or being established;
     * whatever came of it has been told too.
     */
    GIVEN,
    /** None is free, and no more may be opened: {@link Exchange#given} is called later. */
    QUEUED,
    /** None is free, and no address of the target is known to open one to: ask again. */
    UNRESOLVED
  }

  /**
   * Those of an event loop, as the target's settings say.
   *
   * @param part its part of what is shared out
   * @param maxBodyBytes largest body that is kept
   */
  static Connections of(
      UserLoop loop, Dialer dialer, LoopShare part, Endpoint target, int maxBodyBytes) {
    ConnectionSettings settings = target.connections();
    ConnectionSettings.Pool shared = settings.pool();
    if (!target.http2()) {
      return shared == null
          ? new OwnConnections(loop, dialer, settings.spread())
          : new SharedConnections(loop, dialer, shared, part);
    }
    Http2Scratch scratch = new Http2Scratch(maxBodyBytes);
    return shared == null
        ? new OwnStreams(loop, dialer, scratch, settings.spread())
        : new SharedStreams(loop, dialer, scratch, shared, part);
  }

  /** What is opened before the start, null if each is opened when it is needed. */
  default @Nullable Opening opening() {
    return null;
  }

  /** Asks for a carrier for an exchange that has none and a request to send. */
  Taken take(Exchange exchange);

  /** An exchange that was {@link Taken#QUEUED} does not wait any more. */
  void forget(Exchange exchange);

  /** Opens what an exchange will need before its first request, if an address is known by now. */
  void prepare(Exchange exchange);

  /** Closes what no exchange holds, for good: all loads of the event loop are over. */
  void close();
}
