package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** One value to choose. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Choice(
    @JsonPropertyDescription("The value: any JSON, null included.") @Required @PreserveUnknownFields
        @Nullable JsonNode value,
    @JsonPropertyDescription("How often it is chosen, relative to the others.")
        @Default("1")
        @Min(0) @Max(1_000_000) double weight) {}
