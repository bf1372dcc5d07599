package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A random UUID. */
public record UuidGenerator(@JsonPropertyDescription("Version of the UUID: v4.") String version) {}
