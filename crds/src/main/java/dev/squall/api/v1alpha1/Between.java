package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Two durations. */
public record Between(
    @JsonPropertyDescription("Shortest wait.") String min,
    @JsonPropertyDescription("Longest wait.") String max) {}
