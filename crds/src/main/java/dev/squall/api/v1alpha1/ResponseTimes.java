package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/** Response times in whole microseconds, intended to last byte. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResponseTimes(
    @JsonPropertyDescription("Smallest.") @Min(0) long minMicros,
    @JsonPropertyDescription("Mean.") @Min(0) long meanMicros,
    @JsonPropertyDescription("50th percentile.") @Min(0) long p50Micros,
    @JsonPropertyDescription("90th percentile.") @Min(0) long p90Micros,
    @JsonPropertyDescription("95th percentile.") @Min(0) long p95Micros,
    @JsonPropertyDescription("99th percentile.") @Min(0) long p99Micros,
    @JsonPropertyDescription("99.9th percentile.") @Min(0) long p999Micros,
    @JsonPropertyDescription("Largest.") @Min(0) long maxMicros) {}
