package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** How the units of a task's streamed answers came, in whole microseconds. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamResult(
    @JsonPropertyDescription("Answers with at least one unit.") @Min(0) long answers,
    @JsonPropertyDescription("Units: events or chunks.") @Min(0) long units,
    @JsonPropertyDescription("Sent to first unit, 50th percentile.") @Min(0) long firstP50Micros,
    @JsonPropertyDescription("95th percentile.") @Min(0) long firstP95Micros,
    @JsonPropertyDescription("99th percentile.") @Min(0) long firstP99Micros,
    @JsonPropertyDescription("Largest.") @Min(0) long firstMaxMicros,
    @JsonPropertyDescription(
            "From a unit to the next, 50th percentile; absent without a second unit.")
        @Min(0) @Nullable Long betweenP50Micros,
    @JsonPropertyDescription("95th percentile.") @Min(0) @Nullable Long betweenP95Micros,
    @JsonPropertyDescription("99th percentile.") @Min(0) @Nullable Long betweenP99Micros,
    @JsonPropertyDescription("Largest.") @Min(0) @Nullable Long betweenMaxMicros) {}
