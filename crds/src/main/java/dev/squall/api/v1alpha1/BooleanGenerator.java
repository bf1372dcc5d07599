package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;

/** true with a probability. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BooleanGenerator(
    @JsonPropertyDescription("Probability of true.") @Default("0.5") @Min(0) @Max(1) double probability) {}
