package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Limit of the failure ratio. */
public record FailureRatioThreshold(
    @JsonPropertyDescription("Failures divided by requests must be below this, 0 to 1.")
        double below) {}
