package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Moves from the level reached to another. */
@ValidationRule(
    value = "self.shape == 'Linear' || self.to > 0.0",
    message = "an Exponential ramp cannot reach 0: give a level above 0, or set shape to Linear",
    fieldPath = ".to")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageRamp(
    @JsonPropertyDescription("Level at the end.") @Required @Min(0) @Max(1_000_000_000d) double to,
    @JsonPropertyDescription("How long it takes.")
        @Required
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String duration,
    @JsonPropertyDescription("By equal amounts (Linear) or equal factors (Exponential).")
        @Default("Linear")
        RampShape shape) {}
