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

/** An array of another payload's values. */
@ValidationRule(
    value = "self.min <= self.max",
    message = "min must not be greater than max: raise max or lower min (1 if absent)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ArrayGenerator(
    @JsonPropertyDescription("Name of the payload of each element.")
        @Required
        @Pattern(Patterns.REFERENCE) @Size(min = 1, max = 63) String payload,
    @JsonPropertyDescription("Least number of elements.") @Default("1") @Min(0) @Max(10_000) int min,
    @JsonPropertyDescription("Largest number of elements.") @Required @Min(0) @Max(10_000) int max) {}
