package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A reason of failures, grouped. */
public record FailureReason(
    @JsonPropertyDescription("Name of the task.") String task,
    @JsonPropertyDescription(
            "Failure kind: connect, TLS, timeout, reset, decode, status or expectation.")
        String kind,
    @JsonPropertyDescription("The reason.") String reason,
    @JsonPropertyDescription("How often.") long count) {}
