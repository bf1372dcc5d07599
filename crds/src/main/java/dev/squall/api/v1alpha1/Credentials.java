package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Credentials from a Secret. Set exactly one. */
@ValidationRule(
    value =
        "(has(self.bearer) ? 1 : 0) + (has(self.basic) ? 1 : 0) + (has(self.header) ? 1 : 0) == 1",
    message = "set exactly one of bearer, basic and header")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Credentials(
    @JsonPropertyDescription("Authorization: Bearer <value>.") @Nullable BearerCredentials bearer,
    @JsonPropertyDescription("Authorization: Basic with user name and password.")
        @Nullable BasicCredentials basic,
    @JsonPropertyDescription("A header whose value is the Secret's, for example an API key.")
        @Nullable HeaderCredentials header) {}
