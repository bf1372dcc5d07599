package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Largest response time of one answer. */
public record ResponseTimeExpectation(
    @JsonPropertyDescription("The response time must be below this.") String below) {}
