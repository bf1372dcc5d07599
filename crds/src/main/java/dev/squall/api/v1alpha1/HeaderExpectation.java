package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What a response header must be like. */
public record HeaderExpectation(
    @JsonPropertyDescription("Name of the header.") String name,
    @JsonPropertyDescription("Exact value.") @JsonProperty("equals") @Nullable String equalTo,
    @JsonPropertyDescription("Regular expression found in the value.") @Nullable String matches,
    @JsonPropertyDescription("Whether the header must be there; true if nothing else is set.")
        @Nullable Boolean exists) {}
