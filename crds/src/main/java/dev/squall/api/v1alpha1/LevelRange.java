package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;

/** Between which levels of load is searched. */
@ValidationRule(value = "self.from <= self.to", message = "from must not be above to")
public record LevelRange(
    @JsonPropertyDescription("The level tried first, and the lowest.")
        @Min(value = 0, inclusive = false) @Max(1_000_000_000d) double from,
    @JsonPropertyDescription("The highest level tried.")
        @Min(value = 0, inclusive = false) @Max(1_000_000_000d) double to) {}
