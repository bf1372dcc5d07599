package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a LoadTest. */
public record LoadTestStatus(
    @JsonPropertyDescription("Generation this status speaks of.") @Nullable Long observedGeneration,
    @JsonPropertyDescription("Phase of the newest run.") @Nullable RunPhase phase,
    @JsonPropertyDescription("Verdict of the newest run.") @Nullable Verdict verdict,
    @JsonPropertyDescription("Name of the newest run.") @Nullable String currentRun,
    @JsonPropertyDescription("Hash of the run-relevant spec that last started a run.")
        @Nullable String contentHash,
    @JsonPropertyDescription("Formatted figures of the newest run, for kubectl get.")
        @Nullable Display display,
    @JsonPropertyDescription("The last runs, newest first.") List<RunSummary> runs,
    @JsonPropertyDescription(
            "Conditions: Accepted, and Ready, Reconciling and Stalled as kstatus reads them.")
        List<Condition> conditions) {
  /** Absent lists and maps are empty. */
  public LoadTestStatus {
    runs = runs == null ? List.of() : List.copyOf(runs);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
