package dev.squall.operator.lifecycle;

import dev.squall.api.wire.Summary;
import dev.squall.api.wire.TerminationMessage;
import dev.squall.operator.accept.Refusal;

/** What to do about a run: one thing at a time, each leading to the next reconciliation. */
public sealed interface Decision {
  /** Wait for the LoadTest that the run names. */
  record AwaitLoadTest() implements Decision {}

  /** Freeze the LoadTest's spec into the run and make the run its property. */
  record Freeze() implements Decision {}

  /** End the run: its frozen test may not be run. */
  record Refuse(Refusal refusal) implements Decision {}

  /** Wait until another run of the LoadTest is completed. */
  record AwaitTurn(String ahead) implements Decision {}

  /** Write down that the run begins: {@code startTimeout} counts from here. */
  record Accept() implements Decision {}

  /** Create the run's objects, each once, and write down that they are there. */
  record Create() implements Decision {}

  /** Nothing to do but to report what is seen. */
  record Follow() implements Decision {}

  /** Take over the verdict that the coordinator answered. */
  record Conclude(Summary summary) implements Decision {}

  /** Take over the verdict that the coordinator left when it ended. */
  record ConcludeFromLastWord(TerminationMessage lastWord) implements Decision {}

  /** End the run Inconclusive. */
  record GiveUp(OwnVerdict verdict, String message) implements Decision {}

  /** End what is left of the pods of a run that was given up. */
  record EndPods() implements Decision {}

  /** The run is completed: nothing is left to do. */
  record Rest() implements Decision {}
}
