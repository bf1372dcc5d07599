package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** Counts up. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record SequenceGenerator(
    @JsonPropertyDescription("First value.")
        @Default("0")
        @Min(-9_007_199_254_740_991d) @Max(9_007_199_254_740_991d) long start,
    @JsonPropertyDescription("Difference between two values.")
        @Default("1")
        @Min(-9_007_199_254_740_991d) @Max(9_007_199_254_740_991d) long step) {}
