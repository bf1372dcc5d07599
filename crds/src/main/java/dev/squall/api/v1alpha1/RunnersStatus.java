package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The runners of a run. */
public record RunnersStatus(
    @JsonPropertyDescription("How many were asked for.") int expected,
    @JsonPropertyDescription("How many reported ready.") int ready,
    @JsonPropertyDescription("How many finished their share.") int finished,
    @JsonPropertyDescription("How many were lost.") int lost,
    @JsonPropertyDescription("Largest difference between two runners' start instants.")
        @Nullable Long startSkewMicros,
    @JsonPropertyDescription("Error of that difference.") @Nullable Long startSkewErrorMicros) {}
