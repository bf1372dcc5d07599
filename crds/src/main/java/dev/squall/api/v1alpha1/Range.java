package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A range of numbers, its ends included. */
public record Range(
    @JsonPropertyDescription("Smallest value.") @Nullable Double min,
    @JsonPropertyDescription("Largest value.") @Nullable Double max) {}
