package dev.squall.operator.status;

import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.wire.Summary;
import dev.squall.operator.observe.RunObservation;
import dev.squall.operator.status.Conditions.Is;
import java.util.Optional;

/**
 * A run's conditions, and those of them that follow what is seen of its parts:
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
final class RunConditions {
  static final String ACCEPTED = "Accepted";
  static final String RUNNERS_READY = "RunnersReady";
  static final String RESULTS_STORED = "ResultsStored";
  static final String READY = "Ready";
  static final String RECONCILING = "Reconciling";
  static final String STALLED = "Stalled";

  /** Reason of {@code RunnersReady} while nothing says why not. */
  static final String STARTING = "WaitingForRunners";

  private RunConditions() {}

  /** {@code RunnersReady}, from what Kubernetes and the coordinator say. */
  static void runnersReady(RunDraft draft, RunObservation seen, Optional<Summary> answered) {
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

  /** {@code ResultsStored}, from what the coordinator says. */
  static void stored(RunDraft draft, Summary.Stored stored) {
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
}
