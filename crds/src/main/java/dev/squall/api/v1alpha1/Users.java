package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Virtual users of a closed model. */
public record Users(
    @JsonPropertyDescription("Number of virtual users over all runners.") int count,
    @JsonPropertyDescription("Users started per second.") double spawnRate) {}
