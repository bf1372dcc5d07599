package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** A JSON body: a generated payload or a fixed value. */
public record JsonBody(
    @JsonPropertyDescription("Name of the payload to generate. Set this or value.")
        @Nullable String payload,
    @JsonPropertyDescription("A fixed JSON value; strings in it may hold ${name}.")
        @Nullable JsonNode value,
    @JsonPropertyDescription("Makes the payload invalid, for tests of bad requests.")
        @Nullable Mutation mutate) {}
