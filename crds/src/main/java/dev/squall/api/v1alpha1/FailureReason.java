package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A reason of failures, grouped. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record FailureReason(
    @JsonPropertyDescription("Name of the task.") @Required @Size(max = 256) String task,
    @JsonPropertyDescription(
            "Failure kind: connect, TLS, timeout, reset, decode, status or expectation.")
        @Required
        @Size(max = 32) String kind,
    @JsonPropertyDescription("The reason.") @Required @Size(max = 1024) String reason,
    @JsonPropertyDescription("How often.") @Min(0) long count) {}
