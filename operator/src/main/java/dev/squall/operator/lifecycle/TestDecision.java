package dev.squall.operator.lifecycle;

import dev.squall.operator.accept.Refusal;

/** What to do about a LoadTest. */
public sealed interface TestDecision {
  /** Say why it may not be run. */
  record Refuse(Refusal refusal) implements TestDecision {}

  /** Create the run of its present content. */
  record Start() implements TestDecision {}

  /** Wait until a run of it is completed, then start its newest content. */
  record Wait(String run) implements TestDecision {}

  /** Its content has been run, or is being run. */
  record Rest() implements TestDecision {}
}
