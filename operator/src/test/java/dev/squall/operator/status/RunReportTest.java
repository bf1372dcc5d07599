package dev.squall.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.lifecycle.Decision;
import dev.squall.operator.lifecycle.OwnVerdict;
import dev.squall.operator.observe.RunObservation;
import dev.squall.operator.observe.Seen;
import dev.squall.operator.status.Transitions.Transition;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunReportTest {
  private static final Instant NOON = Instant.parse("2026-01-01T12:00:00Z");
  private static final List<TaskResult> TASKS =
      List.of(new TaskResult("predict", "POST", 400, 3, 6_667, Seen.TIMES, null));

  @Test
  void aRunThatPassesTellsItsStoryInConditionsAndEvents() {
    LoadTestRunStatus status = RunReporter.EMPTY;
    List<String> events = new ArrayList<>();
    Story story = new Story(status, events);

    story.step(new Decision.Accept(), Seen.at(NOON));
    story.step(new Decision.Create(), Seen.at(NOON.plusSeconds(1)));
    story.step(new Decision.Follow(), Seen.at(NOON.plusSeconds(2)).jobs());
    story.step(
        new Decision.Follow(),
        Seen.at(NOON.plusSeconds(9)).jobs().ready().summary(RunPhase.Starting));
    story.step(
        new Decision.Follow(),
        Seen.at(NOON.plusSeconds(31)).jobs().ready().summary(RunPhase.Running));
    story.step(
        new Decision.Follow(), Seen.at(NOON.plusSeconds(90)).jobs().summary(RunPhase.Finishing));
    story.step(
        new Decision.Conclude(Seen.summaryOf(RunPhase.Completed, 0, TASKS)),
        Seen.at(NOON.plusSeconds(92)).jobs());

    assertThat(events)
        .containsExactly(
            "Normal Accepted",
            "Normal Pending",
            "Normal WaitingForRunners",
            "Normal Starting",
            "Normal AllReady",
            "Normal Running",
            "Normal Finishing",
            "Normal Stored",
            "Normal ThresholdsHeld");
    assertThat(story.status.phase()).isEqualTo(RunPhase.Completed);
    assertThat(story.status.verdict()).isEqualTo(Verdict.Passed);
    assertThat(story.status.requests()).isEqualTo(400);
    assertThat(story.status.tasks()).isEqualTo(TASKS);
    assertThat(story.status.display())
        .extracting("users", "requestsPerSecond", "p95", "failures")
        .containsExactly("20", "6.7", "12 ms", "3 (0.8 %)");
    assertThat(story.conditions())
        .containsExactly(
            "Accepted=True Accepted",
            "RunnersReady=True AllReady",
            "ResultsStored=True Stored",
            "Ready=True ThresholdsHeld",
            "Reconciling=False Completed",
            "Stalled=False ThresholdsHeld");
  }

  @Test
  void aTransitionTimeMovesOnlyWithTheStatus() {
    Story story = new Story(RunReporter.EMPTY, new ArrayList<>());
    story.step(new Decision.Accept(), Seen.at(NOON));
    story.step(new Decision.Create(), Seen.at(NOON.plusSeconds(1)));
    story.step(
        new Decision.Follow(), Seen.at(NOON.plusSeconds(2)).jobs().problem("ErrImageNeverPull"));

    assertThat(story.condition("RunnersReady"))
        .extracting(Condition::reason, Condition::lastTransitionTime)
        .containsExactly("ErrImageNeverPull", "2026-01-01T12:00:01Z");
    assertThat(story.condition("Accepted").lastTransitionTime()).isEqualTo("2026-01-01T12:00:00Z");
  }

  @Test
  void aReasonOfKubernetesStaysWhileItIsAwayBetweenTwoTries() {
    Story story = new Story(RunReporter.EMPTY, new ArrayList<>());
    story.step(new Decision.Accept(), Seen.at(NOON));
    story.step(new Decision.Create(), Seen.at(NOON));
    story.step(new Decision.Follow(), Seen.at(NOON).jobs().problem("ImagePullBackOff"));
    story.step(new Decision.Follow(), Seen.at(NOON).jobs());

    assertThat(story.condition("RunnersReady").reason()).isEqualTo("ImagePullBackOff");
  }

  @Test
  void aRunGivenUpIsStalledAndInconclusiveWithThePodsOwnReason() {
    List<String> events = new ArrayList<>();
    Story story = new Story(RunReporter.EMPTY, events);
    story.step(new Decision.Accept(), Seen.at(NOON));
    story.step(new Decision.Create(), Seen.at(NOON));
    story.step(
        new Decision.GiveUp(OwnVerdict.StartTimeout, "not ready within 5m: pod x"),
        Seen.at(NOON.plusSeconds(301)).jobs().problem("ErrImageNeverPull"));

    assertThat(story.conditions())
        .containsExactly(
            "Accepted=True Accepted",
            "RunnersReady=False ErrImageNeverPull",
            "ResultsStored=False NoResults",
            "Ready=False StartTimeout",
            "Reconciling=False Completed",
            "Stalled=True StartTimeout");
    assertThat(story.status)
        .extracting("phase", "verdict", "reason", "completionTime")
        .containsExactly(
            RunPhase.Completed, Verdict.Inconclusive, "StartTimeout", "2026-01-01T12:05:01Z");
    assertThat(events)
        .endsWith("Warning ErrImageNeverPull", "Warning NoResults", "Warning StartTimeout");
  }

  @Test
  void aCoordinatorThatCameBackDoesNotTakeFiguresBack() {
    Story story = new Story(RunReporter.EMPTY, new ArrayList<>());
    story.step(new Decision.Accept(), Seen.at(NOON));
    story.step(new Decision.Create(), Seen.at(NOON));
    story.step(new Decision.Follow(), Seen.at(NOON).jobs().ready().summary(RunPhase.Running));
    LoadTestRunStatus before = story.status;
    story.step(new Decision.Follow(), Seen.at(NOON).jobs().ready().summary(RunPhase.Starting));

    assertThat(story.status.phase()).isEqualTo(RunPhase.Running);
    assertThat(story.status.requests()).isEqualTo(before.requests()).isEqualTo(400);
  }

  @Test
  void aLostRunnerShowsWhileTheOthersGoOn() {
    Story story = new Story(RunReporter.EMPTY, new ArrayList<>());
    story.step(new Decision.Accept(), Seen.at(NOON));
    story.step(new Decision.Create(), Seen.at(NOON));
    story.step(
        new Decision.Follow(),
        Seen.at(NOON).jobs().ready().summary(Seen.summaryOf(RunPhase.Running, 1, TASKS)));

    assertThat(story.condition("RunnersReady"))
        .extracting(Condition::status, Condition::reason, Condition::message)
        .containsExactly("False", "RunnerLost", "1 of 2 runners were lost; the others go on");
  }

  @Test
  void theLastWordGivesTheVerdictAndDropsFiguresOfTasksThatAreOlder() {
    Summary earlier =
        Seen.summaryOf(
            RunPhase.Running, 0, List.of(new TaskResult("predict", "POST", 100, 0, 1, null, null)));
    Story story = new Story(RunReporter.EMPTY, new ArrayList<>());
    story.step(new Decision.Accept(), Seen.at(NOON));
    story.step(new Decision.Create(), Seen.at(NOON));
    story.step(
        new Decision.Follow(), Seen.at(NOON).jobs().ready().summary(withRequests(earlier, 100)));
    RunObservation last = Seen.at(NOON).lastWord().build();
    story.step(
        new Decision.ConcludeFromLastWord(last.lastWord().orElseThrow()), Seen.at(NOON).lastWord());

    assertThat(story.status)
        .extracting("verdict", "requests", "failures", "tasksOmitted")
        .containsExactly(Verdict.Passed, 400L, 3L, 1);
    assertThat(story.status.tasks()).isEmpty();
  }

  @Test
  void anObjectThatTheApiServerRefusesEndsTheRunAndAQuotaWaits() {
    Story story = new Story(RunReporter.EMPTY, new ArrayList<>());
    story.step(new Decision.Accept(), Seen.at(NOON));
    story.refused = Optional.of(Refusal.passing("QuotaExceeded", "Job x: exceeded quota"));
    story.step(new Decision.Create(), Seen.at(NOON));
    assertThat(story.status.phase()).isEqualTo(RunPhase.Pending);
    assertThat(story.condition("RunnersReady").reason()).isEqualTo("QuotaExceeded");

    story.refused = Optional.of(Refusal.certain("ObjectInvalid", "Job x is invalid"));
    story.step(new Decision.Create(), Seen.at(NOON));
    assertThat(story.status.phase()).isEqualTo(RunPhase.Completed);
    assertThat(OwnVerdict.is(story.status.reason())).isTrue();
  }

  @Test
  void aCompletedRunIsNotWrittenAgain() {
    LoadTestRunStatus before = RunReporter.EMPTY;

    assertThat(
            RunReport.next(before, 1, new Decision.Rest(), Optional.empty(), Seen.at(NOON).build()))
        .isSameAs(before);
  }

  private static Summary withRequests(Summary s, long requests) {
    return new Summary(
        s.run(),
        s.phase(),
        s.verdict(),
        s.reason(),
        s.message(),
        s.startTime(),
        s.completionTime(),
        s.model(),
        s.users(),
        requests,
        requests,
        0,
        0,
        0,
        1,
        s.responseTime(),
        s.serviceTime(),
        s.queueing(),
        s.lateness(),
        s.loads(),
        s.warmUp(),
        s.coldStart(),
        s.connections(),
        s.tasks(),
        s.failureReasons(),
        s.thresholds(),
        s.capacity(),
        s.sweep(),
        s.runners(),
        s.stored(),
        s.files(),
        s.datasetSha256(),
        s.validity());
  }

  /** A run's status through several decisions, and the events on the way. */
  private static final class Story {
    private LoadTestRunStatus status;
    private final List<String> events;
    private Optional<Refusal> refused = Optional.empty();

    Story(LoadTestRunStatus status, List<String> events) {
      this.status = status;
      this.events = events;
    }

    void step(Decision decision, Seen seen) {
      LoadTestRunStatus next = RunReport.next(status, 1, decision, refused, seen.build());
      for (Transition t : Transitions.of(status.conditions(), next.conditions())) {
        events.add((t.warning() ? "Warning " : "Normal ") + t.reason());
      }
      status = next;
    }

    Condition condition(String type) {
      return status.conditions().stream()
          .filter(c -> c.type().equals(type))
          .findFirst()
          .orElseThrow();
    }

    List<String> conditions() {
      return status.conditions().stream()
          .map(c -> "%s=%s %s".formatted(c.type(), c.status(), c.reason()))
          .toList();
    }
  }
}
