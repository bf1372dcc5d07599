package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadTestRunStatus(
    @JsonPropertyDescription("Generation this status speaks of.") @Min(0) @Nullable Long observedGeneration,
    @JsonPropertyDescription("Where the run stands.") @Nullable RunPhase phase,
    @JsonPropertyDescription("What the run says about the target.") @Nullable Verdict verdict,
    @JsonPropertyDescription("One word that says why.") @Size(max = 1024) @Nullable String reason,
    @JsonPropertyDescription("The verdict in a sentence.") @Size(max = 32768) @Nullable String message,
    @JsonPropertyDescription("Start instant of the load.") @Pattern(Patterns.TIME) @Size(max = 64) @Nullable String startTime,
    @JsonPropertyDescription("When the run was completed.") @Pattern(Patterns.TIME) @Size(max = 64) @Nullable String completionTime,
    @JsonPropertyDescription("Users running now, or at the peak once completed.") @Min(0) int users,
    @JsonPropertyDescription(
            "Model of the loads: closed (a stall of the target hides itself in part in the response times), open, or mixed.")
        @Nullable LoadModel model,
    @JsonPropertyDescription("Requests whose time had come, sent or not; warm-up apart.") @Min(0) long offered,
    @JsonPropertyDescription("Completed requests.") @Min(0) long requests,
    @JsonPropertyDescription("Failures among them.") @Min(0) long failures,
    @JsonPropertyDescription("Arrivals that were never sent: all in-flight slots were taken.")
        @Min(0) long dropped,
    @JsonPropertyDescription(
            "Requests still unanswered when the graceful stop ended: neither success nor failure.")
        @Min(0) long interrupted,
    @JsonPropertyDescription("Completed requests per 1,000 seconds.") @Min(0) long milliRequestsPerSecond,
    @JsonPropertyDescription("Response times of the whole run.")
        @Nullable ResponseTimes responseTime,
    @JsonPropertyDescription("What became of each load's requests.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<LoadResult> loads,
    @JsonPropertyDescription("What the warm-up loads did, apart from the result.")
        @Nullable WarmUpResult warmUp,
    @JsonPropertyDescription("The first answer after the start instant.")
        @Nullable ColdStart coldStart,
    @JsonPropertyDescription("Results of each task, those with most requests first.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 256) List<TaskResult> tasks,
    @JsonPropertyDescription("How many tasks are left out here; the files have all.") @Min(0) int tasksOmitted,
    @JsonPropertyDescription("Most frequent reasons of failures.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) List<FailureReason> failureReasons,
    @JsonPropertyDescription("How each threshold was judged.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) List<ThresholdResult> thresholds,
    @JsonPropertyDescription("The result files.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) List<StoredFile> files,
    @JsonPropertyDescription("The runners.") @Nullable RunnersStatus runners,
    @JsonPropertyDescription("Formatted figures for kubectl get.") @Nullable Display display,
    @JsonPropertyDescription("What a search for capacity found.") @Nullable CapacityStatus capacity,
    @JsonPropertyDescription("The levels of a sweep, in its order.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) List<LevelResult> sweep,
    @JsonPropertyDescription(
            "Conditions: Accepted, RunnersReady, ResultsStored, and Ready, Reconciling and Stalled as kstatus reads them.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<Condition> conditions) {
  /** Absent lists and maps are empty. */
  public LoadTestRunStatus {
    loads = loads == null ? List.of() : List.copyOf(loads);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    failureReasons = failureReasons == null ? List.of() : List.copyOf(failureReasons);
    thresholds = thresholds == null ? List.of() : List.copyOf(thresholds);
    sweep = sweep == null ? List.of() : List.copyOf(sweep);
    files = files == null ? List.of() : List.copyOf(files);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
