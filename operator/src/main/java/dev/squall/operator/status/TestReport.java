package dev.squall.operator.status;

import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.LoadTestStatus;
import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.RunSummary;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.lifecycle.TestDecision;
import dev.squall.operator.lifecycle.TestLifecycle;
import dev.squall.operator.observe.RunSeen;
import dev.squall.operator.observe.TestObservation;
import dev.squall.operator.status.Conditions.Is;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * A LoadTest's status after a decision: a pure function. The conditions: {@code Accepted} True when
 * it may be run, False when it may not and why; {@code Ready}, {@code Reconciling} and {@code
 * Stalled} are those of its newest run (see {@link RunReport}), and Stalled also when it is not
 * accepted.
 */
final class TestReport {
  /** How many runs a status lists. */
  private static final int RUNS = 10;

  private TestReport() {}

  /**
   * The status to write.
   *
   * @param startedRun name of the run that a generation of this LoadTest starts
   */
  static LoadTestStatus next(
      LoadTestStatus before,
      TestDecision decision,
      TestObservation seen,
      String startedRun,
      Instant now) {
    Conditions conditions = new Conditions(before.conditions(), seen.generation(), now);
    Optional<RunSeen> newest = seen.runs().stream().findFirst();
    Optional<LoadTestRunStatus> run = newest.flatMap(r -> Optional.ofNullable(r.status()));
    RunPhase phase = newest.map(RunSeen::phase).orElse(null);
    Verdict verdict = run.map(LoadTestRunStatus::verdict).orElse(null);
    String current = newest.map(RunSeen::name).orElse(null);
    String hash = TestLifecycle.lastStarted(before, seen).orElse(null);
    switch (decision) {
      case TestDecision.Refuse(Refusal refusal) -> refused(conditions, refusal);
      case TestDecision.Start() -> {
        accepted(conditions);
        underWay(conditions, "Pending", "run '%s' was created".formatted(startedRun));
        phase = RunPhase.Pending;
        verdict = null;
        run = Optional.empty();
        current = startedRun;
        hash = seen.contentHash();
      }
      case TestDecision.Wait(String ahead) -> {
        accepted(conditions);
        underWay(
            conditions,
            "WaitingForRun",
            "the present content is run once run '%s' is completed".formatted(ahead));
      }
      case TestDecision.Rest() -> {
        accepted(conditions);
        ofRun(conditions, current, run);
      }
    }
    return new LoadTestStatus(
        seen.generation(),
        phase,
        verdict,
        current,
        hash,
        run.map(LoadTestRunStatus::display).orElse(null),
        seen.runs().stream().limit(RUNS).map(TestReport::line).toList(),
        conditions.list());
  }

  private static void accepted(Conditions conditions) {
    conditions.set(RunConditions.ACCEPTED, Is.True, "Accepted", "the test may be run");
  }

  private static void refused(Conditions conditions, Refusal refusal) {
    conditions
        .set(RunConditions.ACCEPTED, Is.False, refusal.reason(), refusal.message())
        .set(RunConditions.READY, Is.False, refusal.reason(), refusal.message())
        .set(RunConditions.RECONCILING, Is.False, refusal.reason(), refusal.message())
        .set(RunConditions.STALLED, Is.True, refusal.reason(), refusal.message());
  }

  private static void underWay(Conditions conditions, String reason, String message) {
    conditions
        .set(RunConditions.READY, Is.False, reason, message)
        .set(RunConditions.RECONCILING, Is.True, reason, "a run is under way")
        .set(RunConditions.STALLED, Is.False, reason, "a run is under way");
  }

  /** The newest run's own conditions, with its name before its message. */
  private static void ofRun(
      Conditions conditions, @Nullable String name, Optional<LoadTestRunStatus> run) {
    if (name == null) {
      String deleted = "the run of this content was deleted; create a LoadTestRun to run it again";
      conditions
          .set(RunConditions.READY, Is.True, "RunDeleted", deleted)
          .set(RunConditions.RECONCILING, Is.False, "RunDeleted", deleted)
          .set(RunConditions.STALLED, Is.False, "RunDeleted", deleted);
      return;
    }
    if (run.isEmpty()) {
      underWay(conditions, "Pending", "run '%s' was created".formatted(name));
      return;
    }
    for (String type :
        List.of(RunConditions.READY, RunConditions.RECONCILING, RunConditions.STALLED)) {
      run.get().conditions().stream()
          .filter(c -> c.type().equals(type))
          .findFirst()
          .ifPresent((Condition c) -> copy(conditions, name, c));
    }
  }

  private static void copy(Conditions conditions, String run, Condition condition) {
    conditions.set(
        condition.type(),
        Is.valueOf(condition.status()),
        condition.reason(),
        "run '%s': %s".formatted(run, condition.message()));
  }

  private static RunSummary line(RunSeen run) {
    LoadTestRunStatus status = run.status();
    if (status == null) {
      return new RunSummary(run.name(), run.phase(), null, null, null, 0, 0, null);
    }
    ResponseTimes times = status.responseTime();
    return new RunSummary(
        run.name(),
        run.phase(),
        status.verdict(),
        status.startTime(),
        status.completionTime(),
        status.requests(),
        status.failures(),
        times == null ? null : times.p95Micros());
  }
}
