package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A number with a distribution. */
public record NumberGenerator(
    @JsonPropertyDescription(
            "Uniform between min and max; Normal with mean and standardDeviation; Exponential with mean. Normal and Exponential are drawn again, then clamped, until inside min and max where given.")
        NumberDistribution distribution,
    @JsonPropertyDescription("Smallest value.") @Nullable Double min,
    @JsonPropertyDescription("Largest value.") @Nullable Double max,
    @JsonPropertyDescription("Mean of Normal and Exponential.") @Nullable Double mean,
    @JsonPropertyDescription("Standard deviation of Normal.") @Nullable Double standardDeviation,
    @JsonPropertyDescription("Digits after the decimal point.") int decimals) {}
