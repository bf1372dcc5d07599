package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** A value taken from an answer. Set exactly one of jsonPath, header, regex. */
@ValidationRule(
    value =
        "(has(self.jsonPath) ? 1 : 0) + (has(self.header) ? 1 : 0) + (has(self.regex) ? 1 : 0) == 1",
    message = "set exactly one of jsonPath, header and regex")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Capture(
    @JsonPropertyDescription("Name of the value; later steps use it as ${name}.")
        @Required
        @Pattern(Patterns.REFERENCE) @Size(min = 1, max = 63) String name,
    @JsonPropertyDescription("JSONPath into the body.") @Size(min = 1, max = 512) @Nullable String jsonPath,
    @JsonPropertyDescription("Name of a response header.")
        @Pattern(Patterns.HEADER_NAME) @Size(min = 1, max = 128) @Nullable String header,
    @JsonPropertyDescription(
            "Regular expression over the body; its first group, or the whole match if it has none.")
        @Size(min = 1, max = 512) @Nullable String regex) {}
