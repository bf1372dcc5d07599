package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** How a threshold was judged. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThresholdResult(
    @JsonPropertyDescription("Name of the threshold.") @Required @Size(max = 256) String name,
    @JsonPropertyDescription("Task it applies to.") @Size(max = 256) @Nullable String task,
    @JsonPropertyDescription("Load it applies to.") @Size(max = 64) @Nullable String load,
    @JsonPropertyDescription("The limit, in words.") @Required @Size(max = 256) String limit,
    @JsonPropertyDescription("The observed value.") @Required @Size(max = 256) String observed,
    @JsonPropertyDescription("The 95 % interval it was judged on.") @Size(max = 256) @Nullable String interval,
    @JsonPropertyDescription("Passed, Failed or Inconclusive.") @Required Verdict verdict,
    @JsonPropertyDescription("Why it is Inconclusive, and what would decide.") @Size(max = 32768) @Nullable String message) {}
