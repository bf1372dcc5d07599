package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A number with a distribution. */
@ValidationRule(
    value = "self.distribution != 'Uniform' || (has(self.min) && has(self.max))",
    message = "a Uniform number needs min and max")
@ValidationRule(
    value = "self.distribution != 'Uniform' || !(has(self.mean) || has(self.standardDeviation))",
    message =
        "a Uniform number has no mean and no standardDeviation: remove them, or set distribution to Normal or Exponential")
@ValidationRule(
    value = "self.distribution != 'Normal' || (has(self.mean) && has(self.standardDeviation))",
    message = "a Normal number needs mean and standardDeviation")
@ValidationRule(
    value = "self.distribution != 'Exponential' || (has(self.mean) && self.mean > 0.0)",
    message = "an Exponential number needs a mean above 0")
@ValidationRule(
    value = "self.distribution != 'Exponential' || !has(self.standardDeviation)",
    message =
        "an Exponential number has no standardDeviation: remove it, or set distribution to Normal")
@ValidationRule(
    value = "!(has(self.min) && has(self.max)) || self.min <= self.max",
    message = "min must not be greater than max: exchange them")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record NumberGenerator(
    @JsonPropertyDescription(
            "Uniform between min and max; Normal with mean and standardDeviation; Exponential with mean. Normal and Exponential are drawn again, then clamped, until inside min and max where given.")
        @Default("Uniform")
        NumberDistribution distribution,
    @JsonPropertyDescription("Smallest value.") @Min(-1e15) @Max(1e15) @Nullable Double min,
    @JsonPropertyDescription("Largest value.") @Min(-1e15) @Max(1e15) @Nullable Double max,
    @JsonPropertyDescription("Mean of Normal and Exponential.") @Min(-1e15) @Max(1e15) @Nullable Double mean,
    @JsonPropertyDescription("Standard deviation of Normal.")
        @Min(value = 0, inclusive = false) @Max(1e15) @Nullable Double standardDeviation,
    @JsonPropertyDescription("Digits after the decimal point.") @Default("2") @Min(0) @Max(15) int decimals) {}
