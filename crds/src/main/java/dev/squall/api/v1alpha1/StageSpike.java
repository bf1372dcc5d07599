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

/** A short surge: up to a peak, there for a while, and back to the level before. */
@ValidationRule(
    value =
        "duration(self.rise) > duration('0s') || duration(self.hold) > duration('0s') || duration(self.fall) > duration('0s')",
    message = "a spike of no length: set at least one of rise, hold and fall")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StageSpike(
    @JsonPropertyDescription("Level of the peak.") @Required @Min(0) @Max(1_000_000_000d) double peak,
    @JsonPropertyDescription("How long the way up takes.")
        @Default("0s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String rise,
    @JsonPropertyDescription("How long the peak lasts.")
        @Default("0s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String hold,
    @JsonPropertyDescription("How long the way back takes.")
        @Default("0s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String fall) {}
