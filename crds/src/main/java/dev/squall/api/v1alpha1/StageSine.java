package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Swings around a level, beginning there and going up. */
@ValidationRule(
    value = "self.amplitude <= self.mean",
    message = "the level would fall below 0: lower the amplitude, or raise mean",
    fieldPath = ".amplitude")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageSine(
    @JsonPropertyDescription("Level that it swings around.") @Required @Min(0) @Max(1_000_000_000d) double mean,
    @JsonPropertyDescription("How far it swings to each side.")
        @Required
        @Min(0) @Max(1_000_000_000d) double amplitude,
    @JsonPropertyDescription("How long one swing takes.")
        @Required
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String period,
    @JsonPropertyDescription("How long it lasts.")
        @Required
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String duration) {}
