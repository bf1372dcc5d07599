package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/**
 * Judges an answer. Called on event loops, by several at once, so it must not block nor keep state;
 * an answer that it accepts should cost it no allocation.
 */
public interface Check {
  /** What it reads of an answer. */
  Needs needs();

  /** Null if the answer is accepted, else why not. */
  @Nullable Refusal check(Response response);
}
