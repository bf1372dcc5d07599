package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Counts up. */
public record SequenceGenerator(
    @JsonPropertyDescription("First value.") long start,
    @JsonPropertyDescription("Difference between two values.") long step) {}
