package dev.squall.operator.status;

import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
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
import java.util.Objects;
import java.util.Optional;

/**
 * A run's status after a decision: a pure function. The conditions:
 *
 * <ul>
 *   <li>{@code Accepted}: True when the run may go on, False when it may not and why, Unknown while
 *       it waits for another run.
 *   <li>{@code RunnersReady}: True once all runners are ready, False while they are not (the pod's
 *       or Job's own reason) or when one was lost, Unknown before.
 *   <li>{@code ResultsStored}: True when the files are stored, False when they could not be or the
 *       coordinator alone keeps them, Unknown before.
 *   <li>{@code Ready}: True when the run Passed; False while it is under way and when it did not.
 *   <li>{@code Reconciling}: True while it is under way.
 *   <li>{@code Stalled}: True when it ended otherwise than Passed, or cannot begin.
 * </ul>
 *
 * <p>By the last three, kstatus (Flux, Argo CD, {@code kubectl wait}) takes a run that is under way
 * for in progress, one that Passed for current, and one that Failed or was Inconclusive for failed.
 */
final class RunReport {
  static final String ACCEPTED = "Accepted";
  static final String RUNNERS_READY = "RunnersReady";
  static final String RESULTS_STORED = "ResultsStored";
  static final String READY = "Ready";
  static final String RECONCILING = "Reconciling";
  static final String STALLED = "Stalled";

  /** Reason of {@code RunnersReady} while nothing says why not. */
  private static final String STARTING = "WaitingForRunners";

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
        draft.conditions.set(ACCEPTED, Is.False, refusal.reason(), refusal.message());
        inconclusive(draft, refusal.reason(), refusal.message(), seen.now());
      }
      case Decision.AwaitTurn(String ahead) -> {
        String message = "waits until run '%s' of the same LoadTest is completed".formatted(ahead);
        draft.conditions.set(ACCEPTED, Is.Unknown, "WaitingForRun", message);
        underWay(draft, "WaitingForRun", message);
      }
      case Decision.Accept() -> {
        draft.conditions.set(ACCEPTED, Is.True, "Accepted", "the test may be run");
        draft.conditions.set(RUNNERS_READY, Is.Unknown, "Pending", "there are no runners yet");
        draft.conditions.set(RESULTS_STORED, Is.Unknown, "Pending", "there are no results yet");
        underWay(draft, "Pending", "the run's objects are being created");
      }
      case Decision.Create() -> created(draft, refused, seen);
      case Decision.Follow() -> follow(draft, seen);
      case Decision.Conclude(Summary summary) -> conclude(draft, summary, seen);
      case Decision.ConcludeFromLastWord(TerminationMessage last) -> conclude(draft, last, seen);
      case Decision.GiveUp(OwnVerdict verdict, String message) ->
          giveUp(draft, verdict, message, seen);
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
    draft.conditions.set(ACCEPTED, Is.False, "LoadTestNotFound", message);
    draft.reason = "LoadTestNotFound";
    draft.message = message;
    draft
        .conditions
        .set(READY, Is.False, "LoadTestNotFound", message)
        .set(RECONCILING, Is.False, "LoadTestNotFound", message)
        .set(STALLED, Is.True, "LoadTestNotFound", message);
  }

  private static void created(RunDraft draft, Optional<Refusal> refused, RunObservation seen) {
    if (refused.isEmpty()) {
      draft.phase = RunPhase.Starting;
      draft.conditions.set(RUNNERS_READY, Is.False, STARTING, "the runners are starting");
      underWay(draft, "Starting", "waiting for the target, the coordinator and the runners");
      return;
    }
    Refusal refusal = refused.get();
    draft.conditions.set(RUNNERS_READY, Is.False, refusal.reason(), refusal.message());
    if (refusal.certain()) {
      inconclusive(draft, OwnVerdict.ObjectInvalid.name(), refusal.message(), seen.now());
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
          stored(draft, summary.stored());
        });
    runnersReady(draft, seen, answered);
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
                    .get(RUNNERS_READY)
                    .filter(c -> !c.status().equals("True"))
                    .map(Condition::message)
                    .orElse(
                        seen.coordinator().allReady()
                            ? "the coordinator has not answered yet; a NetworkPolicy must let the operator reach it"
                            : "waiting for the coordinator"));
  }

  private static void runnersReady(
      RunDraft draft, RunObservation seen, Optional<Summary> answered) {
    // A Job that is gone asks for none; the coordinator still knows how many there were.
    int expected =
        Math.max(seen.runners().expected(), answered.map(s -> s.runners().expected()).orElse(0));
    int lost = answered.map(s -> s.runners().lost()).orElse(0);
    boolean started = answered.filter(s -> s.startTime() != null).isPresent();
    if (lost > 0) {
      draft.conditions.set(
          RUNNERS_READY,
          Is.False,
          "RunnerLost",
          "%d of %d runners were lost; the others go on".formatted(lost, expected));
    } else if (started || (draft.phase == RunPhase.Starting && seen.runners().allReady())) {
      draft.conditions.set(
          RUNNERS_READY, Is.True, "AllReady", "all runners (%d) are ready".formatted(expected));
    } else if (seen.problem().isPresent()) {
      draft.conditions.set(
          RUNNERS_READY, Is.False, seen.problem().get().reason(), seen.problem().get().message());
    } else if (draft.phase == RunPhase.Starting && !hasOwnReason(draft)) {
      draft.conditions.set(
          RUNNERS_READY,
          Is.False,
          STARTING,
          "%d of %d runners are ready".formatted(seen.runners().ready(), expected));
    }
  }

  /** A reason that Kubernetes gave stays until all is well: it comes and goes between two tries. */
  private static boolean hasOwnReason(RunDraft draft) {
    return draft
        .conditions
        .get(RUNNERS_READY)
        .filter(c -> c.status().equals("False") && !c.reason().equals(STARTING))
        .isPresent();
  }

  private static void conclude(RunDraft draft, Summary summary, RunObservation seen) {
    draft.figures(summary);
    draft.completionTime = summary.completionTime();
    runnersReady(draft, seen, Optional.of(summary));
    stored(draft, summary.stored());
    complete(
        draft,
        Objects.requireNonNullElse(summary.verdict(), Verdict.Inconclusive),
        summary.reason(),
        summary.message(),
        seen.now());
  }

  private static void conclude(RunDraft draft, TerminationMessage last, RunObservation seen) {
    draft.figures(last);
    draft.completionTime = last.completionTime();
    stored(draft, last.stored());
    complete(draft, last.verdict(), last.reason(), last.message(), seen.now());
  }

  private static void giveUp(
      RunDraft draft, OwnVerdict verdict, String message, RunObservation seen) {
    seen.summary().ifPresent(fresh -> draft.figures(fresh.summary()));
    switch (verdict) {
      case StartTimeout -> runnersReady(draft, seen, seen.summary().map(FreshSummary::summary));
      case RunnersDeleted -> draft.conditions.set(RUNNERS_READY, Is.False, verdict.name(), message);
      case CoordinatorLost, DeadlineExceeded, LoadTestDeleted, ObjectInvalid -> {}
    }
    inconclusive(draft, verdict.name(), message, seen.now());
  }

  private static void stored(RunDraft draft, Summary.Stored stored) {
    switch (stored.state()) {
      case Pending ->
          draft.conditions.set(
              RESULTS_STORED,
              Is.Unknown,
              "Pending",
              stored.message().isEmpty() ? "the results are not stored yet" : stored.message());
      case Stored -> draft.conditions.set(RESULTS_STORED, Is.True, "Stored", stored.message());
      case Failed -> draft.conditions.set(RESULTS_STORED, Is.False, "NotStored", stored.message());
      case Kept ->
          draft.conditions.set(RESULTS_STORED, Is.False, "KeptByCoordinator", stored.message());
    }
  }

  /** Ends a run that nobody could judge. */
  private static void inconclusive(RunDraft draft, String reason, String message, Instant now) {
    String none = "the run ended before its results could be stored";
    Optional<Condition> stored = draft.conditions.get(RESULTS_STORED);
    if (stored.isEmpty() || stored.get().status().equals("Unknown")) {
      draft.conditions.set(RESULTS_STORED, Is.False, "NoResults", none);
    }
    complete(draft, Verdict.Inconclusive, reason, message, now);
  }

  private static void complete(
      RunDraft draft, Verdict verdict, String reason, String message, Instant now) {
    draft.phase = RunPhase.Completed;
    draft.verdict = verdict;
    draft.reason = reason;
    draft.message = message;
    draft.completionTime = Objects.requireNonNullElse(draft.completionTime, time(now));
    boolean passed = verdict == Verdict.Passed;
    draft
        .conditions
        .set(READY, passed ? Is.True : Is.False, reason, "%s: %s".formatted(verdict, message))
        .set(RECONCILING, Is.False, "Completed", "the run is completed")
        .set(STALLED, passed ? Is.False : Is.True, reason, message);
  }

  private static void underWay(RunDraft draft, String reason, String message) {
    draft.reason = reason;
    draft.message = message;
    draft
        .conditions
        .set(READY, Is.False, reason, message)
        .set(RECONCILING, Is.True, reason, "the run is under way")
        .set(STALLED, Is.False, reason, "the run is under way");
  }
}
