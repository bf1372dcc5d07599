package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Any JSON value, wrapped so that the schema can see around it. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record JsonLiteral(
    @JsonPropertyDescription("The value: any JSON, null included.") @Required @PreserveUnknownFields
        @Nullable JsonNode value) {}
