package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A value taken from an answer. Set exactly one of jsonPath, header, regex. */
public record Capture(
    @JsonPropertyDescription("Name of the value; later steps use it as ${name}.") String name,
    @JsonPropertyDescription("JSONPath into the body.") @Nullable String jsonPath,
    @JsonPropertyDescription("Name of a response header.") @Nullable String header,
    @JsonPropertyDescription(
            "Regular expression over the body; its first group, or the whole match if it has none.")
        @Nullable String regex) {}
