package dev.squall.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.LoadTestRunSpec;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.operator.Samples;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.observe.JobSeen;
import dev.squall.operator.observe.LoadTestSeen;
import dev.squall.operator.observe.RunObservation;
import dev.squall.operator.observe.Seen;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** Every phase against every observation that matters in it. */
class RunLifecycleTest {
  private static final Instant ACCEPTED = Instant.parse("2026-01-01T12:00:00Z");

  /** One row: at a phase, seeing this, so long after the acceptance, decides that. */
  private record Row(
      String what,
      @Nullable RunPhase phase,
      boolean accepted,
      UnaryOperator<Seen> seen,
      Duration after,
      String decision) {}

  private static Row row(
      String what,
      @Nullable RunPhase phase,
      boolean accepted,
      UnaryOperator<Seen> seen,
      String decision) {
    return new Row(what, phase, accepted, seen, Duration.ofSeconds(10), decision);
  }

  private static final List<Row> ROWS =
      List.of(
          // Pending: not accepted yet.
          row(
              "a run of no LoadTest waits for one",
              null,
              false,
              s -> s.loadTest(LoadTestSeen.ABSENT),
              "AwaitLoadTest"),
          row(
              "a run made by hand is frozen first",
              null,
              false,
              s -> s.loadTest(LoadTestSeen.PRESENT),
              "Freeze"),
          row(
              "what may not be run is refused",
              null,
              false,
              s -> s.refusal("TargetNotAllowed"),
              "Refuse[TargetNotAllowed]"),
          row("one run at a time", null, false, s -> s.ahead("other"), "AwaitTurn[other]"),
          row(
              "acceptance is written down before anything is created",
              null,
              false,
              s -> s,
              "Accept"),
          row(
              "a deleted LoadTest ends what waits",
              null,
              false,
              s -> s.loadTest(LoadTestSeen.DELETED),
              "GiveUp[LoadTestDeleted]"),
          // Pending: accepted, objects being created.
          row("then the objects are created", RunPhase.Pending, true, s -> s, "Create"),
          row(
              "and created again after a restart, whatever is there",
              RunPhase.Pending,
              true,
              s -> s.runners(JobSeen.State.ACTIVE),
              "Create"),
          row(
              "even with the coordinator there, all calls are repeated",
              RunPhase.Pending,
              true,
              s -> s.runners(JobSeen.State.ACTIVE).coordinator(JobSeen.State.ACTIVE),
              "Create"),
          new Row(
              "not for ever",
              RunPhase.Pending,
              true,
              s -> s,
              Duration.ofSeconds(301),
              "GiveUp[StartTimeout]"),
          // Starting.
          row(
              "pods are waited for",
              RunPhase.Starting,
              true,
              s -> s.jobs().problem("ErrImageNeverPull"),
              "Follow"),
          row(
              "a coordinator's answer is followed",
              RunPhase.Starting,
              true,
              s -> s.jobs().summary(RunPhase.Starting),
              "Follow"),
          row(
              "a load that has started",
              RunPhase.Starting,
              true,
              s -> s.jobs().ready().summary(RunPhase.Running),
              "Follow"),
          row(
              "nothing is created again: no coordinator",
              RunPhase.Starting,
              true,
              s -> s.runners(JobSeen.State.ACTIVE),
              "GiveUp[CoordinatorLost]"),
          row(
              "nothing is created again: no runners",
              RunPhase.Starting,
              true,
              s -> s.coordinator(JobSeen.State.ACTIVE),
              "GiveUp[RunnersDeleted]"),
          row(
              "a verdict can come at once",
              RunPhase.Starting,
              true,
              s -> s.jobs().summary(RunPhase.Completed),
              "Conclude"),
          row(
              "or have been left while nobody looked",
              RunPhase.Starting,
              true,
              s -> s.jobs().coordinator(JobSeen.State.COMPLETE).lastWord(),
              "ConcludeFromLastWord"),
          new Row(
              "an image that is missing",
              RunPhase.Starting,
              true,
              s -> s.jobs().problem("ErrImageNeverPull"),
              Duration.ofSeconds(301),
              "GiveUp[StartTimeout]"),
          new Row(
              "one second before",
              RunPhase.Starting,
              true,
              s -> s.jobs().problem("ErrImageNeverPull"),
              Duration.ofSeconds(299),
              "Follow"),
          new Row(
              "a target that does not answer",
              RunPhase.Starting,
              true,
              s -> s.jobs().ready().summary(RunPhase.Starting),
              Duration.ofSeconds(301),
              "GiveUp[StartTimeout]"),
          new Row(
              "all pods ready and the coordinator out of the operator's reach: it may run",
              RunPhase.Starting,
              true,
              s -> s.jobs().ready(),
              Duration.ofSeconds(301),
              "Follow"),
          new Row(
              "but not for ever: 60 s load, 30 s graceful stop, 2 min margin",
              RunPhase.Starting,
              true,
              s -> s.jobs().ready(),
              Duration.ofSeconds(511),
              "GiveUp[DeadlineExceeded]"),
          // Running.
          row(
              "running",
              RunPhase.Running,
              true,
              s -> s.jobs().ready().summary(RunPhase.Running),
              "Follow"),
          row(
              "a coordinator that came back says Starting for a moment",
              RunPhase.Running,
              true,
              s -> s.jobs().ready().summary(RunPhase.Starting),
              "Follow"),
          row("no answer for a while", RunPhase.Running, true, s -> s.jobs().ready(), "Follow"),
          row(
              "the runners' Job is gone: the coordinator judges what it has",
              RunPhase.Running,
              true,
              s -> s.jobs().runners(JobSeen.State.GONE).summary(RunPhase.Running),
              "Follow"),
          row(
              "the coordinator's Job is gone",
              RunPhase.Running,
              true,
              s -> s.jobs().coordinator(JobSeen.State.GONE).summary(RunPhase.Running),
              "GiveUp[CoordinatorLost]"),
          row(
              "the coordinator's Job failed",
              RunPhase.Running,
              true,
              s -> s.jobs().coordinator(JobSeen.State.FAILED),
              "GiveUp[CoordinatorLost]"),
          row(
              "its verdict counts, though its Job is gone since",
              RunPhase.Running,
              true,
              s -> s.jobs().coordinator(JobSeen.State.GONE).summary(RunPhase.Completed),
              "Conclude"),
          row(
              "a deleted LoadTest ends the load",
              RunPhase.Running,
              true,
              s -> s.jobs().ready().loadTest(LoadTestSeen.DELETED).summary(RunPhase.Running),
              "GiveUp[LoadTestDeleted]"),
          row(
              "a target that is refused by now does not end a run",
              RunPhase.Running,
              true,
              s -> s.jobs().ready().refusal("TargetNotAllowed"),
              "Follow"),
          new Row(
              "a load that does not end",
              RunPhase.Running,
              true,
              s -> s.jobs().ready().summary(RunPhase.Running),
              Duration.ofSeconds(511),
              "GiveUp[DeadlineExceeded]"),
          // Finishing.
          new Row(
              "storing may take its time",
              RunPhase.Finishing,
              true,
              s -> s.jobs().summary(RunPhase.Finishing),
              Duration.ofSeconds(1000),
              "Follow"),
          new Row(
              "but not for ever",
              RunPhase.Finishing,
              true,
              s -> s.jobs().summary(RunPhase.Finishing),
              Duration.ofHours(1),
              "GiveUp[DeadlineExceeded]"),
          row(
              "runners that have ended are no loss",
              RunPhase.Finishing,
              true,
              s -> s.jobs().runners(JobSeen.State.COMPLETE).summary(RunPhase.Finishing),
              "Follow"),
          row(
              "the last word",
              RunPhase.Finishing,
              true,
              s -> s.coordinator(JobSeen.State.COMPLETE).lastWord(),
              "ConcludeFromLastWord"),
          row(
              "a last word that nobody can read",
              RunPhase.Finishing,
              true,
              s -> s.coordinator(JobSeen.State.COMPLETE),
              "GiveUp[CoordinatorLost]"),
          // Completed.
          row(
              "completed is completed",
              RunPhase.Completed,
              true,
              s -> s.jobs().ready().summary(RunPhase.Completed),
              "Rest"),
          row(
              "also with its LoadTest deleted",
              RunPhase.Completed,
              true,
              s -> s.loadTest(LoadTestSeen.DELETED),
              "Rest"));

  @TestFactory
  Stream<DynamicTest> decides() {
    return ROWS.stream()
        .map(
            row ->
                DynamicTest.dynamicTest(
                    "%s: %s".formatted(row.phase, row.what),
                    () -> assertThat(decide(row)).isEqualTo(row.decision)));
  }

  @Test
  void theRowsCoverEveryPhase() {
    assertThat(ROWS.stream().map(Row::phase).filter(Objects::nonNull).distinct())
        .containsExactlyInAnyOrder(RunPhase.values());
  }

  @Test
  void podsOfARunThatTheOperatorEndedAreEndedUntilNoneIsLeft() {
    LoadTestRunStatus ended = status(RunPhase.Completed, true, OwnVerdict.StartTimeout.name());

    assertThat(RunLifecycle.decide(spec(Samples.plain()), ended, Seen.at(ACCEPTED).jobs().build()))
        .isInstanceOf(Decision.EndPods.class);
    assertThat(RunLifecycle.decide(spec(Samples.plain()), ended, Seen.at(ACCEPTED).build()))
        .isInstanceOf(Decision.Rest.class);
  }

  @Test
  void podsOfARunThatTheCoordinatorJudgedServeItsFilesOn() {
    LoadTestRunStatus judged = status(RunPhase.Completed, true, "ThresholdsHeld");

    assertThat(RunLifecycle.decide(spec(Samples.plain()), judged, Seen.at(ACCEPTED).jobs().build()))
        .isInstanceOf(Decision.Rest.class);
  }

  @Test
  void aLoadOfSoManyRequestsHasNoDeadlineWhileItsCoordinatorAnswers() {
    LoadTestSpec byRequests = Samples.plain("duration: 60s", "requests: 400");
    Instant late = ACCEPTED.plus(Duration.ofDays(1));
    RunObservation seen = Seen.at(late).jobs().ready().summary(RunPhase.Running).build();

    assertThat(
            RunLifecycle.decide(spec(byRequests), status(RunPhase.Running, true, "Running"), seen))
        .isInstanceOf(Decision.Follow.class);
  }

  @Test
  void theTimeoutSaysWhatWasWaitedForInKubernetesWords() {
    RunObservation seen =
        Seen.at(ACCEPTED.plusSeconds(301)).jobs().problem("ErrImageNeverPull").build();

    Decision decision =
        RunLifecycle.decide(
            spec(Samples.plain()), status(RunPhase.Starting, true, "Starting"), seen);

    assertThat(decision)
        .isInstanceOfSatisfying(
            Decision.GiveUp.class,
            g ->
                assertThat(g.message())
                    .contains("spec.startTimeout (5m)", "pod x: ErrImageNeverPull"));
  }

  private static String decide(Row row) {
    Seen seen = row.seen.apply(Seen.at(ACCEPTED.plus(row.after)));
    LoadTestRunStatus status = status(row.phase, row.accepted, null);
    Decision decision =
        RunLifecycle.decide(
            spec(row.decision.equals("Freeze") ? null : Samples.plain()), status, seen.build());
    return switch (decision) {
      case Decision.GiveUp(OwnVerdict verdict, String _) -> "GiveUp[" + verdict + "]";
      case Decision.Refuse(Refusal refusal) -> "Refuse[" + refusal.reason() + "]";
      case Decision.AwaitTurn(String ahead) -> "AwaitTurn[" + ahead + "]";
      default -> decision.getClass().getSimpleName();
    };
  }

  private static LoadTestRunSpec spec(@Nullable LoadTestSpec test) {
    return new LoadTestRunSpec("heart-disease", 1L, test);
  }

  private static LoadTestRunStatus status(
      @Nullable RunPhase phase, boolean accepted, @Nullable String reason) {
    Condition condition =
        new Condition("Accepted", accepted ? "True" : "Unknown", "x", "", ACCEPTED.toString(), 1L);
    return new LoadTestRunStatus(
        1L,
        phase,
        null,
        reason,
        null,
        null,
        null,
        0,
        null,
        0,
        0,
        0,
        0,
        0,
        0,
        null,
        List.of(),
        null,
        null,
        List.of(),
        0,
        List.of(),
        List.of(),
        List.of(),
        null,
        null,
        null,
        List.of(),
        List.of(condition));
  }
}
