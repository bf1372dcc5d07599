package dev.squall.operator.status;

import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.ColdStart;
import dev.squall.api.v1alpha1.FailureReason;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.RunnersStatus;
import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.v1alpha1.WarmUpResult;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.TerminationMessage;
import java.time.Instant;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A run's status being written, over the one that stood before. */
final class RunDraft {
  private final long generation;
  final Conditions conditions;
  RunPhase phase;
  @Nullable Verdict verdict;
  @Nullable String reason;
  @Nullable String message;
  @Nullable String startTime;
  @Nullable String completionTime;
  private int users;
  private @Nullable LoadModel model;
  private long offered;
  private long requests;
  private long failures;
  private long dropped;
  private long interrupted;
  private long milliRequestsPerSecond;
  private @Nullable ResponseTimes responseTime;
  private List<LoadResult> loads;
  private @Nullable WarmUpResult warmUp;
  private @Nullable ColdStart coldStart;
  private List<TaskResult> tasks;
  private int tasksOmitted;
  private List<FailureReason> failureReasons;
  private List<ThresholdResult> thresholds;
  private List<StoredFile> files;
  private @Nullable RunnersStatus runners;
  private @Nullable CapacityStatus capacity;
  private List<LevelResult> sweep;

  RunDraft(LoadTestRunStatus before, long generation, Instant now) {
    this.generation = generation;
    conditions = new Conditions(before.conditions(), generation, now);
    phase = before.phase() == null ? RunPhase.Pending : before.phase();
    verdict = before.verdict();
    reason = before.reason();
    message = before.message();
    startTime = before.startTime();
    completionTime = before.completionTime();
    users = before.users();
    model = before.model();
    offered = before.offered();
    requests = before.requests();
    failures = before.failures();
    dropped = before.dropped();
    interrupted = before.interrupted();
    milliRequestsPerSecond = before.milliRequestsPerSecond();
    responseTime = before.responseTime();
    loads = before.loads();
    warmUp = before.warmUp();
    coldStart = before.coldStart();
    tasks = before.tasks();
    tasksOmitted = before.tasksOmitted();
    failureReasons = before.failureReasons();
    thresholds = before.thresholds();
    files = before.files();
    runners = before.runners();
    capacity = before.capacity();
    sweep = before.sweep();
  }

  /** Takes over everything that the coordinator answered. */
  void figures(Summary summary) {
    startTime = summary.startTime();
    users = summary.users();
    model = summary.model();
    offered = summary.offered();
    requests = summary.requests();
    failures = summary.failures();
    dropped = summary.dropped();
    interrupted = summary.interrupted();
    milliRequestsPerSecond = summary.milliRequestsPerSecond();
    responseTime = summary.responseTime();
    loads = summary.loads();
    warmUp = summary.warmUp();
    coldStart = summary.coldStart();
    tasks = summary.tasks();
    tasksOmitted = 0;
    failureReasons = summary.failureReasons();
    thresholds = summary.thresholds();
    files = summary.files();
    runners = summary.runners();
    capacity = summary.capacity();
    sweep = summary.sweep();
  }

  /**
   * Takes over the headline figures that the coordinator left. What is known of each task is of an
   * earlier instant then: it stays only if nothing was counted since.
   */
  void figures(TerminationMessage last) {
    if (requests != last.requests() || failures != last.failures()) {
      tasksOmitted += tasks.size();
      tasks = List.of();
      loads = List.of();
      failureReasons = List.of();
    }
    if (!last.files().isEmpty()) {
      files = last.files();
    }
    startTime = last.startTime();
    users = last.users();
    model = last.model();
    offered = last.offered();
    requests = last.requests();
    failures = last.failures();
    dropped = last.dropped();
    interrupted = last.interrupted();
    milliRequestsPerSecond = last.milliRequestsPerSecond();
    responseTime = last.responseTime();
  }

  LoadTestRunStatus build() {
    return StatusSize.cut(
        new LoadTestRunStatus(
            generation,
            phase,
            verdict,
            reason,
            message,
            startTime,
            completionTime,
            users,
            model,
            offered,
            requests,
            failures,
            dropped,
            interrupted,
            milliRequestsPerSecond,
            responseTime,
            loads,
            warmUp,
            coldStart,
            tasks,
            tasksOmitted,
            failureReasons,
            thresholds,
            files,
            runners,
            // Before the load starts there is nothing to show.
            startTime == null
                ? null
                : DisplayFormat.of(
                    users, requests, failures, milliRequestsPerSecond, model, responseTime),
            capacity,
            sweep,
            conditions.list()));
  }
}
