package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** Any JSON value, wrapped so that the schema can see around it. */
public record JsonLiteral(
    @JsonPropertyDescription("The value: any JSON, null included.") @Nullable JsonNode value) {}
