package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import org.jspecify.annotations.Nullable;

/**
 * What carries an {@link Exchange}'s requests to the target and their answers back, one at a time:
 * a connection, or a stream of one. {@link Connections} hand it out. Only the event loop calls it.
 *
 * <p>It tells its exchange, maybe before the call returns that led to it: {@link
 * Exchange#connected}, {@link Exchange#connectFailed}, {@link Exchange#answered}, {@link
 * Exchange#lost}, and {@link Exchange#disconnected} if it is gone while nothing is under way.
 */
interface Carrier {
  /** Whether a request can be sent now. */
  boolean idle();

  /** Whether it is not established yet. */
  boolean connecting();

  /** It is not established in time: counts that, and tells what it waited for. */
  Refusal late();

  /**
   * Prepares a request: all that can be done before the instant at which it is sent.
   *
   * @param draw pointed at the request
   * @param captured the user's captured values by slot
   * @param browsing what changes the request once it is written; null for nothing
   */
  void encode(
      Script.Request request, Draw draw, @Nullable String[] captured, @Nullable Browsing browsing);

  /** Sends what was encoded last. */
  void write();

  /**
   * The exchange's request is over, with nothing under way.
   *
   * @return whether the exchange keeps it for its next request; it is given back otherwise
   */
  boolean release();

  /**
   * Gives up the request that is under way, whose time is over. Tells nobody.
   *
   * @return whether the exchange has it still, with nothing under way; it is gone otherwise
   */
  boolean cancel();

  /** Gives up what is under way, for good. Tells nobody. */
  void reset();
}
