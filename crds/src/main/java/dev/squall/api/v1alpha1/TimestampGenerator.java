package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** The current time. */
public record TimestampGenerator(
    @JsonPropertyDescription("How it is written.") TimestampFormat format) {}
