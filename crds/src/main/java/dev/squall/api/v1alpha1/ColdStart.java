package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;

/** The first answer of any load, warm-up included. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColdStart(
    @JsonPropertyDescription("From the start instant to its last byte.") @Min(0) long afterStartMicros,
    @JsonPropertyDescription("Its response time.") @Min(0) long responseTimeMicros) {}
