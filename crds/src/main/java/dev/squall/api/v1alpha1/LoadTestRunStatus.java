package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a run. */
public record LoadTestRunStatus(
    @JsonPropertyDescription("Generation this status speaks of.") @Nullable Long observedGeneration,
    @JsonPropertyDescription("Where the run stands.") @Nullable RunPhase phase,
    @JsonPropertyDescription("What the run says about the target.") @Nullable Verdict verdict,
    @JsonPropertyDescription("One word that says why.") @Nullable String reason,
    @JsonPropertyDescription("The verdict in a sentence.") @Nullable String message,
    @JsonPropertyDescription("Start instant of the load.") @Nullable String startTime,
    @JsonPropertyDescription("When the run was completed.") @Nullable String completionTime,
    @JsonPropertyDescription("Users running now, or at the peak once completed.") int users,
    @JsonPropertyDescription("Completed requests.") long requests,
    @JsonPropertyDescription("Failures among them.") long failures,
    @JsonPropertyDescription(
            "Requests still unanswered when the graceful stop ended: neither success nor failure.")
        long interrupted,
    @JsonPropertyDescription("Completed requests per 1,000 seconds.") long milliRequestsPerSecond,
    @JsonPropertyDescription("Response times of the whole run.")
        @Nullable ResponseTimes responseTime,
    @JsonPropertyDescription("Results of each task, those with most requests first.")
        List<TaskResult> tasks,
    @JsonPropertyDescription("How many tasks are left out here; the files have all.")
        int tasksOmitted,
    @JsonPropertyDescription("Most frequent reasons of failures.")
        List<FailureReason> failureReasons,
    @JsonPropertyDescription("How each threshold was judged.") List<ThresholdResult> thresholds,
    @JsonPropertyDescription("The result files.") List<StoredFile> files,
    @JsonPropertyDescription("The runners.") @Nullable RunnersStatus runners,
    @JsonPropertyDescription("Formatted figures for kubectl get.") @Nullable Display display,
    @JsonPropertyDescription(
            "Conditions: Accepted, RunnersReady, ResultsStored, and Ready, Reconciling and Stalled as kstatus reads them.")
        List<Condition> conditions) {
  /** Absent lists and maps are empty. */
  public LoadTestRunStatus {
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    failureReasons = failureReasons == null ? List.of() : List.copyOf(failureReasons);
    thresholds = thresholds == null ? List.of() : List.copyOf(thresholds);
    files = files == null ? List.of() : List.copyOf(files);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
