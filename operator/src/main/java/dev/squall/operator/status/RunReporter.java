package dev.squall.operator.status;

import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.lifecycle.Decision;
import dev.squall.operator.observe.RunObservation;
import io.fabric8.kubernetes.api.model.ObjectMetaBuilder;
import io.fabric8.kubernetes.client.KubernetesClient;
import io.javaoperatorsdk.operator.api.reconciler.UpdateControl;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Writes a run's status in one patch, and its events. */
public final class RunReporter {
  /** What is done at once rather than at the next event: the decision leads to another. */
  private static final Duration AT_ONCE = Duration.ofMillis(20);

  private static final Duration SOON = Duration.ofSeconds(2);
  private static final Duration LATER = Duration.ofSeconds(30);

  private final EventLog events;
  private final Throttle throttle = new Throttle();

  /** Writes events through this client. */
  public RunReporter(KubernetesClient client) {
    this.events = new EventLog(client);
  }

  /** A run's status, or an empty one before its first. */
  public static LoadTestRunStatus statusOf(LoadTestRun run) {
    return run.getStatus() == null ? EMPTY : run.getStatus();
  }

  static final LoadTestRunStatus EMPTY =
      new LoadTestRunStatus(
          null, null, null, null, null, null, null, 0, null, 0, 0, 0, 0, 0, 0, null, List.of(),
          null, null, List.of(), 0, List.of(), List.of(), List.of(), null, null, null, List.of(),
          List.of());

  /** The one patch that tells what was decided, and when to look again. */
  public UpdateControl<LoadTestRun> report(
      LoadTestRun run, Decision decision, Optional<Refusal> refused, RunObservation seen) {
    LoadTestRunStatus before = statusOf(run);
    LoadTestRunStatus next =
        RunReport.next(before, run.getMetadata().getGeneration(), decision, refused, seen);
    Duration again = again(decision, refused, next);
    if (next.equals(before)) {
      return later(UpdateControl.noUpdate(), again);
    }
    String uid = run.getMetadata().getUid();
    Duration wait = throttle.untilFree(uid, seen.now());
    if (!transition(before, next) && wait.isPositive()) {
      return later(UpdateControl.noUpdate(), wait.compareTo(again) < 0 ? wait : again);
    }
    throttle.wrote(uid, seen.now());
    if (next.phase() == RunPhase.Completed) {
      throttle.forget(uid);
    }
    events.write(run, Transitions.of(before.conditions(), next.conditions()), seen.now());
    return later(UpdateControl.patchStatus(patch(run, next)), again);
  }

  private static boolean transition(LoadTestRunStatus before, LoadTestRunStatus next) {
    return before.phase() != next.phase()
        || before.verdict() != next.verdict()
        || Transitions.between(before.conditions(), next.conditions());
  }

  private static Duration again(
      Decision decision, Optional<Refusal> refused, LoadTestRunStatus next) {
    return switch (decision) {
      case Decision.Freeze(), Decision.Accept(), Decision.GiveUp(var _, var _) -> AT_ONCE;
      case Decision.Create() ->
          refused.isEmpty() || next.phase() == RunPhase.Completed ? AT_ONCE : SOON;
      case Decision.AwaitTurn(var _) -> SOON;
      case Decision.Follow() -> next.phase() == RunPhase.Starting ? SOON : Throttle.BETWEEN;
      case Decision.AwaitLoadTest() -> LATER;
      case Decision.EndPods() -> SOON;
      case Decision.Refuse(var _),
          Decision.Conclude(var _),
          Decision.ConcludeFromLastWord(var _),
          Decision.Rest() ->
          Duration.ZERO;
    };
  }

  private static UpdateControl<LoadTestRun> later(
      UpdateControl<LoadTestRun> control, Duration again) {
    return again.isZero() ? control : control.rescheduleAfter(again);
  }

  /** Only what identifies the run and its status: spec and metadata are not ours to write. */
  private static LoadTestRun patch(LoadTestRun run, LoadTestRunStatus status) {
    LoadTestRun patch = new LoadTestRun();
    patch.setMetadata(
        new ObjectMetaBuilder()
            .withName(run.getMetadata().getName())
            .withNamespace(run.getMetadata().getNamespace())
            .withUid(run.getMetadata().getUid())
            .build());
    patch.setStatus(status);
    return patch;
  }
}
