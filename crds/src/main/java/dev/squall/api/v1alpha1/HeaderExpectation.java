package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What a response header must be like. */
@ValidationRule(
    value = "!has(self.exists) || self.exists || !(has(self.equals) || has(self.matches))",
    message =
        "a header that must not exist has no value: remove equals and matches, or exists: false")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeaderExpectation(
    @JsonPropertyDescription("Name of the header.")
        @Required
        @Pattern(Patterns.HEADER_NAME) @Size(min = 1, max = 128) String name,
    @JsonPropertyDescription("Exact value.") @Size(max = 2048) @JsonProperty("equals")
        @Nullable String equalTo,
    @JsonPropertyDescription("Regular expression found in the value.") @Size(min = 1, max = 512) @Nullable String matches,
    @JsonPropertyDescription("Whether the header must be there; true if nothing else is set.")
        @Nullable Boolean exists) {}
