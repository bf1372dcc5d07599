package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** What the body must hold. */
@ValidationRule(
    value = "has(self.contains) || has(self.matches)",
    message = "set contains, matches, or both")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record BodyExpectation(
    @JsonPropertyDescription("Text that the body must contain.") @Size(min = 1, max = 2048) @Nullable String contains,
    @JsonPropertyDescription("Regular expression that must be found in the body.")
        @Size(min = 1, max = 512) @Nullable String matches) {}
