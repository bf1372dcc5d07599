package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Pause between tasks. Set exactly one. */
public record Wait(
    @JsonPropertyDescription("Think time drawn uniformly between two durations.")
        @Nullable Between between,
    @JsonPropertyDescription("The same think time always.") @Nullable String constant,
    @JsonPropertyDescription("Fixed interval between the starts of one user's iterations.")
        @Nullable String constantPacing,
    @JsonPropertyDescription("Iterations per second of one user; the inverse of constantPacing.")
        @Nullable Double constantThroughput) {}
