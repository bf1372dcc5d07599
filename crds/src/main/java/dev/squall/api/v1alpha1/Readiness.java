package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A path that is asked until it answers with a status below 400. */
public record Readiness(
    @JsonPropertyDescription("Path to ask with GET.") String path,
    @JsonPropertyDescription("How long to wait for the first good answer.") String timeout) {}
