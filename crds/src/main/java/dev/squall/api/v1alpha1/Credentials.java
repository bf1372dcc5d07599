package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Credentials from a Secret. Set exactly one. */
public record Credentials(
    @JsonPropertyDescription("Authorization: Bearer <value>.") @Nullable BearerCredentials bearer,
    @JsonPropertyDescription("Authorization: Basic with user name and password.")
        @Nullable BasicCredentials basic,
    @JsonPropertyDescription("A header whose value is the Secret's, for example an API key.")
        @Nullable HeaderCredentials header) {}
