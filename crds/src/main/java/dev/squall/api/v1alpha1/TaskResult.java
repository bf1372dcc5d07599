package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Results of one task. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TaskResult(
    @JsonPropertyDescription("Name of the task, or <task>/<step>.") @Required @Size(max = 256) String name,
    @JsonPropertyDescription("HTTP method.") @Required @Size(max = 16) String method,
    @JsonPropertyDescription("Completed requests.") @Min(0) long requests,
    @JsonPropertyDescription("Failures among them.") @Min(0) long failures,
    @JsonPropertyDescription("Completed requests per 1,000 seconds.") @Min(0) long milliRequestsPerSecond,
    @JsonPropertyDescription("Response times; absent without a completed request.")
        @Nullable ResponseTimes responseTime,
    @JsonPropertyDescription("Streamed answers; absent without a unit.")
        @Nullable StreamResult stream) {}
