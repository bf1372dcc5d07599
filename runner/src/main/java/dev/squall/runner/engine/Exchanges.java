package dev.squall.runner.engine;

import java.util.ArrayDeque;

/**
 * The exchanges of an event loop's users. Where users share connections they share these too: one
 * that waits for its next request holds none. Only the event loop calls it.
 */
final class Exchanges {
  /** Most that are kept for later: after a stall of the target there are as many as waited. */
  private static final int MOST_KEPT = 1_024;

  private final Timers timers;
  private final boolean shared;
  private final ArrayDeque<Exchange> free = new ArrayDeque<>();

  /**
   * None yet.
   *
   * @param shared whether they are given back after each request
   */
  Exchanges(Timers timers, boolean shared) {
    this.timers = timers;
    this.shared = shared;
  }

  /**
   * One for a user.
   *
   * @param carried what the user carries from one request to the next
   * @param first its first request
   */
  Exchange take(
      LoadRun run, Exchange.Owner owner, int user, Carried carried, Script.Request first) {
    Exchange exchange = free.pollLast();
    if (exchange == null) {
      return new Exchange(run, owner, user, user, carried, first);
    }
    exchange.serve(run, owner, user, carried);
    return exchange;
  }

  /** Takes back one that does nothing; false if it is its owner's for good. */
  boolean giveBack(Exchange exchange) {
    if (!shared) {
      return false;
    }
    if (free.size() < MOST_KEPT) {
      free.addLast(exchange);
    } else {
      timers.forget(exchange);
    }
    return true;
  }
}
