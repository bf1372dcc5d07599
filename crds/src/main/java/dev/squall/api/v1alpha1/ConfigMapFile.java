package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A key of a ConfigMap. */
public record ConfigMapFile(
    @JsonPropertyDescription("Name of the ConfigMap.") String name,
    @JsonPropertyDescription("Key that holds the CSV text.") String key) {}
