package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A header value from a Secret. */
public record HeaderCredentials(
    @JsonPropertyDescription("Name of the header.") String name,
    @JsonPropertyDescription("Name of the Secret.") String secretName,
    @JsonPropertyDescription("Key in the Secret.") String key) {}
