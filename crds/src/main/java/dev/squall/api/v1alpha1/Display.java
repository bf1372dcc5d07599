package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** Formatted figures for kubectl get. */
public record Display(
    @JsonPropertyDescription("Users.") String users,
    @JsonPropertyDescription("Requests per second.") String requestsPerSecond,
    @JsonPropertyDescription("95th percentile of the response time.") String p95,
    @JsonPropertyDescription("Failures and their share.") String failures) {}
