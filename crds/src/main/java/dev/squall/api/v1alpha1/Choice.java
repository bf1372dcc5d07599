package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** One value to choose. */
public record Choice(
    @JsonPropertyDescription("The value: any JSON, null included.") @Nullable JsonNode value,
    @JsonPropertyDescription("How often it is chosen, relative to the others.") double weight) {}
