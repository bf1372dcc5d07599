package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** User name and password from a Secret. */
public record BasicCredentials(
    @JsonPropertyDescription("Name of the Secret.") String secretName,
    @JsonPropertyDescription("Key of the user name.") String usernameKey,
    @JsonPropertyDescription("Key of the password.") String passwordKey) {}
