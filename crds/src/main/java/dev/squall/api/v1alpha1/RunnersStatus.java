package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** The runners of a run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunnersStatus(
    @JsonPropertyDescription("How many were asked for.") @Min(0) int expected,
    @JsonPropertyDescription("How many reported ready.") @Min(0) int ready,
    @JsonPropertyDescription("How many finished their share.") @Min(0) int finished,
    @JsonPropertyDescription("How many were lost.") @Min(0) int lost,
    @JsonPropertyDescription("Largest difference between two runners' start instants.") @Min(0) @Nullable Long startSkewMicros,
    @JsonPropertyDescription("Error of that difference.") @Min(0) @Nullable Long startSkewErrorMicros) {}
