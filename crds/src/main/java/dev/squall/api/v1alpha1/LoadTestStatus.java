package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What is known of a LoadTest. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadTestStatus(
    @JsonPropertyDescription("Generation this status speaks of.") @Min(0) @Nullable Long observedGeneration,
    @JsonPropertyDescription("Phase of the newest run.") @Nullable RunPhase phase,
    @JsonPropertyDescription("Verdict of the newest run.") @Nullable Verdict verdict,
    @JsonPropertyDescription("Name of the newest run.") @Size(max = 63) @Nullable String currentRun,
    @JsonPropertyDescription("Hash of the run-relevant spec that last started a run.")
        @Size(max = 128) @Nullable String contentHash,
    @JsonPropertyDescription("Formatted figures of the newest run, for kubectl get.")
        @Nullable Display display,
    @JsonPropertyDescription("The last runs, newest first.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 256) List<RunSummary> runs,
    @JsonPropertyDescription(
            "Conditions: Accepted, and Ready, Reconciling and Stalled as kstatus reads them.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<Condition> conditions) {
  /** Absent lists and maps are empty. */
  public LoadTestStatus {
    runs = runs == null ? List.of() : List.copyOf(runs);
    conditions = conditions == null ? List.of() : List.copyOf(conditions);
  }
}
