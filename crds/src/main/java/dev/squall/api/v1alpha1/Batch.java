package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Makes a payload a JSON array of so many records, each with values of its own. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Batch(
    @JsonPropertyDescription("How many records a request carries.") @Required @Min(1) @Max(10_000) int size) {}
