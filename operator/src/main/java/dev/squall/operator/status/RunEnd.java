package dev.squall.operator.status;

import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.TerminationMessage;
import dev.squall.operator.lifecycle.OwnVerdict;
import dev.squall.operator.observe.FreshSummary;
import dev.squall.operator.observe.RunObservation;
import dev.squall.operator.status.Conditions.Is;
import java.time.Instant;
import java.util.Objects;
import java.util.Optional;

/** How a run's status reads once the run has ended; pure. */
final class RunEnd {
  private RunEnd() {}

  /** The coordinator has judged. */
  static void conclude(RunDraft draft, Summary summary, RunObservation seen) {
    draft.figures(summary);
    draft.completionTime = summary.completionTime();
    RunConditions.runnersReady(draft, seen, Optional.of(summary));
    RunConditions.stored(draft, summary.stored());
    complete(
        draft,
        Objects.requireNonNullElse(summary.verdict(), Verdict.Inconclusive),
        summary.reason(),
        summary.message(),
        seen.now());
  }

  /** The coordinator has judged, and only its last word is left. */
  static void conclude(RunDraft draft, TerminationMessage last, RunObservation seen) {
    draft.figures(last);
    draft.completionTime = last.completionTime();
    RunConditions.stored(draft, last.stored());
    complete(draft, last.verdict(), last.reason(), last.message(), seen.now());
  }

  /** The operator ends the run by a verdict of its own. */
  static void giveUp(RunDraft draft, OwnVerdict verdict, String message, RunObservation seen) {
    seen.summary().ifPresent(fresh -> draft.figures(fresh.summary()));
    switch (verdict) {
      case StartTimeout ->
          RunConditions.runnersReady(draft, seen, seen.summary().map(FreshSummary::summary));
      case RunnersDeleted ->
          draft.conditions.set(RunConditions.RUNNERS_READY, Is.False, verdict.name(), message);
      case CoordinatorLost, DeadlineExceeded, LoadTestDeleted, ObjectInvalid -> {}
    }
    inconclusive(draft, verdict.name(), message, seen.now());
  }

  /** Ends a run that nobody could judge. */
  static void inconclusive(RunDraft draft, String reason, String message, Instant now) {
    String none = "the run ended before its results could be stored";
    Optional<Condition> stored = draft.conditions.get(RunConditions.RESULTS_STORED);
    if (stored.isEmpty() || stored.get().status().equals("Unknown")) {
      draft.conditions.set(RunConditions.RESULTS_STORED, Is.False, "NoResults", none);
    }
    complete(draft, Verdict.Inconclusive, reason, message, now);
  }

  private static void complete(
      RunDraft draft, Verdict verdict, String reason, String message, Instant now) {
    draft.phase = RunPhase.Completed;
    draft.verdict = verdict;
    draft.reason = reason;
    draft.message = message;
    draft.completionTime = Objects.requireNonNullElse(draft.completionTime, RunReport.time(now));
    boolean passed = verdict == Verdict.Passed;
    draft
        .conditions
        .set(
            RunConditions.READY,
            passed ? Is.True : Is.False,
            reason,
            "%s: %s".formatted(verdict, message))
        .set(RunConditions.RECONCILING, Is.False, "Completed", "the run is completed")
        .set(RunConditions.STALLED, passed ? Is.False : Is.True, reason, message);
  }
}
