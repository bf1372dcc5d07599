package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** How a threshold was judged. */
public record ThresholdResult(
    @JsonPropertyDescription("Name of the threshold.") String name,
    @JsonPropertyDescription("Task it applies to.") @Nullable String task,
    @JsonPropertyDescription("The limit, in words.") String limit,
    @JsonPropertyDescription("The observed value.") String observed,
    @JsonPropertyDescription("The 95 % interval it was judged on.") @Nullable String interval,
    @JsonPropertyDescription("Passed, Failed or Inconclusive.") Verdict verdict,
    @JsonPropertyDescription("Why it is Inconclusive, and what would decide.")
        @Nullable String message) {}
