package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A condition as Kubernetes writes them. */
public record Condition(
    @JsonPropertyDescription("Name of the condition.") String type,
    @JsonPropertyDescription("True, False or Unknown.") String status,
    @JsonPropertyDescription("One word that says why.") String reason,
    @JsonPropertyDescription("What it is about, and what to do.") String message,
    @JsonPropertyDescription("When the status last changed (RFC 3339).") String lastTransitionTime,
    @JsonPropertyDescription("Generation the condition speaks of.")
        @Nullable Long observedGeneration) {}
