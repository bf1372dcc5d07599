package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A bearer token from a Secret. */
public record BearerCredentials(
    @JsonPropertyDescription("Name of the Secret.") String secretName,
    @JsonPropertyDescription("Key in the Secret.") String key) {}
