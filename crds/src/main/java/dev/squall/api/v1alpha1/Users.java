package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;

/** Virtual users of a closed model. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Users(
    @JsonPropertyDescription("Number of virtual users over all runners.")
        @Required
        @Min(1) @Max(1_000_000) int count,
    @JsonPropertyDescription("Users started per second.")
        @Default("1")
        @Min(value = 0, inclusive = false) @Max(1_000_000) double spawnRate) {}
