package dev.squall.runner.engine;

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

  /** Asks for a carrier for an exchange that has none and a request to send. */
  Taken take(Exchange exchange);

  /** An exchange that was {@link Taken#QUEUED} does not wait any more. */
  void forget(Exchange exchange);

  /** Opens what an exchange will need before its first request, if an address is known by now. */
  void prepare(Exchange exchange);

  /** Closes what no exchange holds, for good: all loads of the event loop are over. */
  void close();
}
