package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a value in a JSON body must be like. Set exactly one of equals, in, range, exists. */
public record JsonExpectation(
    @JsonPropertyDescription("JSONPath of the value.") String path,
    @JsonPropertyDescription("The value must equal this.") @JsonProperty("equals")
        @Nullable JsonLiteral equalTo,
    @JsonPropertyDescription("The value must be one of these.") @Nullable List<JsonLiteral> in,
    @JsonPropertyDescription("The value must be a number in this range.") @Nullable Range range,
    @JsonPropertyDescription("Whether the path must lead to a value.") @Nullable Boolean exists) {}
