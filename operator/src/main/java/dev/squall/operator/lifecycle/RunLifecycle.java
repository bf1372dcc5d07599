package dev.squall.operator.lifecycle;

import dev.squall.api.v1alpha1.LoadTestRunSpec;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.wire.Summary;
import dev.squall.operator.lifecycle.Decision.Accept;
import dev.squall.operator.lifecycle.Decision.AwaitLoadTest;
import dev.squall.operator.lifecycle.Decision.AwaitTurn;
import dev.squall.operator.lifecycle.Decision.Conclude;
import dev.squall.operator.lifecycle.Decision.ConcludeFromLastWord;
import dev.squall.operator.lifecycle.Decision.Create;
import dev.squall.operator.lifecycle.Decision.EndPods;
import dev.squall.operator.lifecycle.Decision.Follow;
import dev.squall.operator.lifecycle.Decision.Freeze;
import dev.squall.operator.lifecycle.Decision.GiveUp;
import dev.squall.operator.lifecycle.Decision.Refuse;
import dev.squall.operator.lifecycle.Decision.Rest;
import dev.squall.operator.observe.FreshSummary;
import dev.squall.operator.observe.JobSeen;
import dev.squall.operator.observe.LoadTestSeen;
import dev.squall.operator.observe.PodProblem;
import dev.squall.operator.observe.RunObservation;
import java.time.Instant;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A run's life: Pending, Starting, Running, Finishing, Completed.
 *
 * <p>What is written down comes before what it allows. While the phase is Pending, objects are
 * created, missing ones again; {@code Starting} is written when all are there, and from then on a
 * missing one is a lost part and nothing is created. So an operator that is killed anywhere goes on
 * where it was, and no load is ever sent twice: no load starts before the coordinator's Job, which
 * is created last.
 */
public final class RunLifecycle {
  private RunLifecycle() {}

  /** What to do next about a run. */
  public static Decision decide(
      LoadTestRunSpec spec, LoadTestRunStatus status, RunObservation seen) {
    RunPhase phase = status.phase() == null ? RunPhase.Pending : status.phase();
    if (phase == RunPhase.Completed) {
      return completed(status, seen);
    }
    if (seen.loadTest() == LoadTestSeen.DELETED) {
      return new GiveUp(
          OwnVerdict.LoadTestDeleted,
          "LoadTest '%s' was deleted, and with it this run's load was ended"
              .formatted(spec.loadTest()));
    }
    return phase == RunPhase.Pending
        ? pending(spec.test(), status, seen)
        : started(spec.test(), status, seen);
  }

  private static Decision completed(LoadTestRunStatus status, RunObservation seen) {
    boolean left =
        seen.runners().state() == JobSeen.State.ACTIVE
            || seen.coordinator().state() == JobSeen.State.ACTIVE;
    return left && OwnVerdict.is(status.reason()) ? new EndPods() : new Rest();
  }

  private static Decision pending(
      @Nullable LoadTestSpec test, LoadTestRunStatus status, RunObservation seen) {
    if (seen.loadTest() == LoadTestSeen.ABSENT) {
      return new AwaitLoadTest();
    }
    if (test == null || seen.loadTest() == LoadTestSeen.PRESENT) {
      return new Freeze();
    }
    if (seen.refusal().isPresent()) {
      return new Refuse(seen.refusal().get());
    }
    if (seen.ahead().isPresent()) {
      return new AwaitTurn(seen.ahead().get());
    }
    Optional<Instant> accepted = Deadlines.accepted(status);
    if (accepted.isEmpty()) {
      return new Accept();
    }
    return seen.now().isAfter(Deadlines.start(test, accepted.get()))
        ? new GiveUp(
            OwnVerdict.StartTimeout,
            notWithin(test, "its objects could not be created: " + lastMessage(status)))
        : new Create();
  }

  private static Decision started(
      @Nullable LoadTestSpec test, LoadTestRunStatus status, RunObservation seen) {
    if (test == null) {
      return new GiveUp(
          OwnVerdict.CoordinatorLost, "the run's frozen test is gone; run the LoadTest again");
    }
    Optional<Summary> summary = seen.summary().map(FreshSummary::summary);
    if (summary.isPresent() && summary.get().phase() == RunPhase.Completed) {
      return new Conclude(summary.get());
    }
    if (seen.lastWord().isPresent()) {
      return new ConcludeFromLastWord(seen.lastWord().get());
    }
    if (seen.coordinator().ended()) {
      return new GiveUp(OwnVerdict.CoordinatorLost, coordinatorLost(seen.coordinator()));
    }
    RunPhase phase = furthest(status, summary);
    if (phase == RunPhase.Starting && seen.runners().state() == JobSeen.State.GONE) {
      return new GiveUp(
          OwnVerdict.RunnersDeleted,
          "the runners' Job '%s' was deleted before the load started; run the LoadTest again"
              .formatted(seen.runners().name()));
    }
    return overdue(test, status, seen, phase).orElseGet(Follow::new);
  }

  private static Optional<Decision> overdue(
      LoadTestSpec test, LoadTestRunStatus status, RunObservation seen, RunPhase phase) {
    Instant accepted = Deadlines.accepted(status).orElse(seen.now());
    Instant start = Deadlines.start(test, accepted);
    if (phase == RunPhase.Starting && seen.now().isAfter(start) && !seemsStarted(seen)) {
      return Optional.of(new GiveUp(OwnVerdict.StartTimeout, notWithin(test, notReady(seen))));
    }
    Instant latestStart = startInstant(status, seen).orElse(start);
    return Deadlines.load(test, latestStart)
        .map(end -> phase == RunPhase.Finishing ? end.plus(Deadlines.FINISHING) : end)
        .filter(end -> seen.now().isAfter(end))
        .map(
            end ->
                new GiveUp(
                    OwnVerdict.DeadlineExceeded,
                    "the load should have ended, its results judged and stored by %s; see the log of the coordinator's pod (Job '%s')"
                        .formatted(end, seen.coordinator().name())));
  }

  /**
   * All pods ready and nobody who says otherwise: only the operator cannot reach the coordinator.
   */
  private static boolean seemsStarted(RunObservation seen) {
    return seen.summary().filter(s -> s.isFresh(seen.now())).isEmpty()
        && seen.runners().allReady()
        && seen.coordinator().allReady();
  }

  private static Optional<Instant> startInstant(LoadTestRunStatus status, RunObservation seen) {
    return seen.summary()
        .flatMap(s -> Optional.ofNullable(s.summary().startTime()))
        .or(() -> Optional.ofNullable(status.startTime()))
        .map(Instant::parse);
  }

  private static RunPhase furthest(LoadTestRunStatus status, Optional<Summary> summary) {
    RunPhase written = status.phase() == null ? RunPhase.Pending : status.phase();
    return summary
        .map(Summary::phase)
        .filter(answered -> answered.compareTo(written) > 0)
        .orElse(written);
  }

  private static String notReady(RunObservation seen) {
    return seen.problem()
        .map(PodProblem::message)
        .or(() -> seen.summary().map(s -> s.summary().message()))
        .orElseGet(
            () ->
                "%d of %d runners and %s coordinator are ready"
                    .formatted(
                        seen.runners().ready(),
                        seen.runners().expected(),
                        seen.coordinator().allReady() ? "the" : "no"));
  }

  private static String notWithin(LoadTestSpec test, String what) {
    return "not ready within spec.startTimeout (%s): %s".formatted(test.startTimeout(), what);
  }

  private static String lastMessage(LoadTestRunStatus status) {
    return status.conditions().stream()
        .filter(c -> c.type().equals("RunnersReady"))
        .map(c -> c.message())
        .findFirst()
        .orElse("the API server did not say why");
  }

  private static String coordinatorLost(JobSeen coordinator) {
    return switch (coordinator.state()) {
      case GONE ->
          "the coordinator's Job '%s' was deleted, so nobody could judge the run; run the LoadTest again"
              .formatted(coordinator.name());
      case FAILED ->
          "the coordinator's Job '%s' failed (%s) and left no verdict; see its pod's log, and give spec.coordinator.resources more memory if it was killed for want of it"
              .formatted(coordinator.name(), coordinator.message());
      case COMPLETE, ACTIVE ->
          "the coordinator's Job '%s' ended, and its last word could not be read; the result files may have been stored"
              .formatted(coordinator.name());
    };
  }
}
