package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A result file. */
public record StoredFile(
    @JsonPropertyDescription("Name of the file.") String name,
    @JsonPropertyDescription("Where it is.") String url,
    @JsonPropertyDescription("Its size.") long bytes) {}
