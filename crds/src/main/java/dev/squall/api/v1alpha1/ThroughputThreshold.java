package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Least throughput. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ThroughputThreshold(
    @JsonPropertyDescription("Completed requests per second must be at least this.")
        @Required
        @Min(value = 0, inclusive = false) @Max(1_000_000_000) double atLeast) {}
