package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Results of one task. */
public record TaskResult(
    @JsonPropertyDescription("Name of the task, or <task>/<step>.") String name,
    @JsonPropertyDescription("HTTP method.") String method,
    @JsonPropertyDescription("Completed requests.") long requests,
    @JsonPropertyDescription("Failures among them.") long failures,
    @JsonPropertyDescription("Completed requests per 1,000 seconds.") long milliRequestsPerSecond,
    @JsonPropertyDescription("Response times; absent without a completed request.")
        @Nullable ResponseTimes responseTime) {}
