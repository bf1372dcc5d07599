package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Response times in whole microseconds, intended to last byte. */
public record ResponseTimes(
    @JsonPropertyDescription("Smallest.") long minMicros,
    @JsonPropertyDescription("Mean.") long meanMicros,
    @JsonPropertyDescription("50th percentile.") long p50Micros,
    @JsonPropertyDescription("90th percentile.") long p90Micros,
    @JsonPropertyDescription("95th percentile.") long p95Micros,
    @JsonPropertyDescription("99th percentile.") long p99Micros,
    @JsonPropertyDescription("99.9th percentile.") long p999Micros,
    @JsonPropertyDescription("Largest.") long maxMicros) {}
