package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A uniform integer. */
public record IntegerGenerator(
    @JsonPropertyDescription("Smallest value.") long min,
    @JsonPropertyDescription("Largest value, itself included.") long max) {}
