package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A JSON body: a generated payload or a fixed value. */
@ValidationRule(
    value = "!has(self.mutate) || has(self.payload)",
    message = "mutate needs a payload: it changes a generated payload, not a fixed value",
    fieldPath = ".mutate")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JsonBody(
    @JsonPropertyDescription("Name of the payload to generate. Set this or value.")
        @Pattern(Patterns.REFERENCE) @Size(min = 1, max = 63) @Nullable String payload,
    @JsonPropertyDescription("A fixed JSON value; strings in it may hold ${name}.")
        @PreserveUnknownFields
        @Nullable JsonNode value,
    @JsonPropertyDescription("Makes the payload invalid, for tests of bad requests.")
        @Nullable Mutation mutate) {}
