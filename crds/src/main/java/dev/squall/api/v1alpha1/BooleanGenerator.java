package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** true with a probability. */
public record BooleanGenerator(
    @JsonPropertyDescription("Probability of true.") double probability) {}
