package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A range of numbers, its ends included. */
@ValidationRule(value = "has(self.min) || has(self.max)", message = "set min, max, or both")
@ValidationRule(
    value = "!(has(self.min) && has(self.max)) || self.min <= self.max",
    message = "min must not be greater than max: exchange them")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Range(
    @JsonPropertyDescription("Smallest value.") @Min(-1e15) @Max(1e15) @Nullable Double min,
    @JsonPropertyDescription("Largest value.") @Min(-1e15) @Max(1e15) @Nullable Double max) {}
