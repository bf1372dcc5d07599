package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Limit of the failure ratio. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FailureRatioThreshold(
    @JsonPropertyDescription("Failures divided by requests must be below this, 0 to 1.")
        @Required
        @Min(value = 0, inclusive = false) @Max(1) double below) {}
