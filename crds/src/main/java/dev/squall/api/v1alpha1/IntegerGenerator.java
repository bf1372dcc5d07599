package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** A uniform integer. */
@ValidationRule(
    value = "self.min <= self.max",
    message = "min must not be greater than max: exchange them")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record IntegerGenerator(
    @JsonPropertyDescription("Smallest value.")
        @Required
        @Min(-9_007_199_254_740_991d) @Max(9_007_199_254_740_991d) long min,
    @JsonPropertyDescription("Largest value, itself included.")
        @Required
        @Min(-9_007_199_254_740_991d) @Max(9_007_199_254_740_991d) long max) {}
