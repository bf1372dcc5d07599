package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Jumps to a level and stays there. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageStep(
    @JsonPropertyDescription("The level.") @Required @Min(0) @Max(1_000_000_000d) double to,
    @JsonPropertyDescription("How long it lasts.")
        @Required
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String duration) {}
