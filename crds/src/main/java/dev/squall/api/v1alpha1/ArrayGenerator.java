package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** An array of another payload's values. */
public record ArrayGenerator(
    @JsonPropertyDescription("Name of the payload of each element.") String payload,
    @JsonPropertyDescription("Least number of elements.") int min,
    @JsonPropertyDescription("Largest number of elements.") int max) {}
