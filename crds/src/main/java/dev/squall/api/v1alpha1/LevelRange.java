package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.ValidationRule;

/** Between which levels of load is searched. */
@JsonInclude(JsonInclude.Include.NON_NULL)
@ValidationRule(value = "self.from <= self.to", message = "from must not be above to")
public record LevelRange(
    @JsonPropertyDescription("The level tried first, and the lowest.")
        @Required
        @Min(value = 0, inclusive = false) @Max(1_000_000_000d) double from,
    @JsonPropertyDescription("The highest level tried.")
        @Required
        @Min(value = 0, inclusive = false) @Max(1_000_000_000d) double to) {}
