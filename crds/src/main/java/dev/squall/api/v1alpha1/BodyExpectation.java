package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** What the body must hold. */
public record BodyExpectation(
    @JsonPropertyDescription("Text that the body must contain.") @Nullable String contains,
    @JsonPropertyDescription("Regular expression that must be found in the body.")
        @Nullable String matches) {}
