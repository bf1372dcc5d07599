package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** What the warm-up loads did, apart from the result. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record WarmUpResult(
    @JsonPropertyDescription("Completed requests.") @Min(0) long requests,
    @JsonPropertyDescription("Failures among them.") @Min(0) long failures,
    @JsonPropertyDescription("Their response times.") @Nullable ResponseTimes responseTime) {}
