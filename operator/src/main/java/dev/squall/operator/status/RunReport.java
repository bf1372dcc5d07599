package dev.squall.operator.status;

import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.TerminationMessage;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.lifecycle.Decision;
import dev.squall.operator.lifecycle.OwnVerdict;
import dev.squall.operator.observe.FreshSummary;
import dev.squall.operator.observe.RunObservation;
import dev.squall.operator.status.Conditions.Is;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/**
 * A run's status after a decision: a pure function. What its conditions say: {@link RunConditions}.
 */
final class RunReport {
  private RunReport() {}

  /**
   * The status to write.
   *
   * @param refused why the run's objects could not be created, if that was the decision
   */
  static LoadTestRunStatus next(
      LoadTestRunStatus before,
      long generation,
      Decision decision,
      Optional<Refusal> refused,
      RunObservation seen) {
    RunDraft draft = new RunDraft(before, generation, seen.now());
    switch (decision) {
      case Decision.AwaitLoadTest() -> awaitLoadTest(draft);
      case Decision.Freeze() -> underWay(draft, "Pending", "the LoadTest's spec is being frozen");
      case Decision.Refuse(Refusal refusal) -> {
        draft.conditions.set(RunConditions.ACCEPTED, Is.False, refusal.reason(), refusal.message());
        RunEnd.inconclusive(draft, refusal.reason(), refusal.message(), seen.now());
      }
      case Decision.AwaitTurn(String ahead) -> {
        String message = "waits until run '%s' of the same LoadTest is completed".formatted(ahead);
        draft.conditions.set(RunConditions.ACCEPTED, Is.Unknown, "WaitingForRun", message);
        underWay(draft, "WaitingForRun", message);
      }
      case Decision.Accept() -> {
        draft.conditions.set(RunConditions.ACCEPTED, Is.True, "Accepted", "the test may be run");
        draft.conditions.set(
            RunConditions.RUNNERS_READY, Is.Unknown, "Pending", "there are no runners yet");
        draft.conditions.set(
            RunConditions.RESULTS_STORED, Is.Unknown, "Pending", "there are no results yet");
        underWay(draft, "Pending", "the run's objects are being created");
      }
      case Decision.Create() -> created(draft, refused, seen);
      case Decision.Follow() -> follow(draft, seen);
      case Decision.Conclude(Summary summary) -> RunEnd.conclude(draft, summary, seen);
      case Decision.ConcludeFromLastWord(TerminationMessage last) ->
          RunEnd.conclude(draft, last, seen);
      case Decision.GiveUp(OwnVerdict verdict, String message) ->
          RunEnd.giveUp(draft, verdict, message, seen);
      case Decision.EndPods(), Decision.Rest() -> {
        return before;
      }
    }
    return draft.build();
  }

  /** An instant as the API writes it: RFC 3339, whole seconds. */
  static String time(Instant instant) {
    return instant.truncatedTo(ChronoUnit.SECONDS).toString();
  }

  private static void awaitLoadTest(RunDraft draft) {
    String message =
        "there is no LoadTest of the name in spec.loadTest in this namespace; create it, or delete this run";
    draft.conditions.set(RunConditions.ACCEPTED, Is.False, "LoadTestNotFound", message);
    draft.reason = "LoadTestNotFound";
    draft.message = message;
    draft
        .conditions
        .set(RunConditions.READY, Is.False, "LoadTestNotFound", message)
        .set(RunConditions.RECONCILING, Is.False, "LoadTestNotFound", message)
        .set(RunConditions.STALLED, Is.True, "LoadTestNotFound", message);
  }

  private static void created(RunDraft draft, Optional<Refusal> refused, RunObservation seen) {
    if (refused.isEmpty()) {
      draft.phase = RunPhase.Starting;
      draft.conditions.set(
          RunConditions.RUNNERS_READY,
          Is.False,
          RunConditions.STARTING,
          "the runners are starting");
      underWay(draft, "Starting", "waiting for the target, the coordinator and the runners");
      return;
    }
    Refusal refusal = refused.get();
    draft.conditions.set(
        RunConditions.RUNNERS_READY, Is.False, refusal.reason(), refusal.message());
    if (refusal.certain()) {
      RunEnd.inconclusive(draft, OwnVerdict.ObjectInvalid.name(), refusal.message(), seen.now());
    } else {
      underWay(draft, "Pending", refusal.message());
    }
  }

  private static void follow(RunDraft draft, RunObservation seen) {
    Optional<Summary> answered =
        seen.summary()
            .map(FreshSummary::summary)
            // A coordinator that has just come back begins at Starting and 0: what is known stays.
            .filter(s -> s.phase().compareTo(draft.phase) >= 0);
    answered.ifPresent(
        summary -> {
          draft.phase = summary.phase();
          draft.figures(summary);
          RunConditions.stored(draft, summary.stored());
        });
    RunConditions.runnersReady(draft, seen, answered);
    underWay(draft, draft.phase.name(), underWayMessage(draft, seen, answered));
  }

  private static String underWayMessage(
      RunDraft draft, RunObservation seen, Optional<Summary> answered) {
    return answered
        .map(Summary::message)
        .filter(m -> !m.isEmpty())
        .orElseGet(
            () ->
                draft
                    .conditions
                    .get(RunConditions.RUNNERS_READY)
                    .filter(c -> !c.status().equals("True"))
                    .map(Condition::message)
                    .orElse(
                        seen.coordinator().allReady()
                            ? "the coordinator has not answered yet; a NetworkPolicy must let the operator reach it"
                            : "waiting for the coordinator"));
  }

  private static void underWay(RunDraft draft, String reason, String message) {
    draft.reason = reason;
    draft.message = message;
    draft
        .conditions
        .set(RunConditions.READY, Is.False, reason, message)
        .set(RunConditions.RECONCILING, Is.True, reason, "the run is under way")
        .set(RunConditions.STALLED, Is.False, reason, "the run is under way");
  }
}
