package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Least throughput. */
public record ThroughputThreshold(
    @JsonPropertyDescription("Completed requests per second must be at least this.")
        double atLeast) {}
