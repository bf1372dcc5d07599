package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** Formatted figures for kubectl get. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Display(
    @JsonPropertyDescription("Users.") @Size(max = 64) String users,
    @JsonPropertyDescription("Requests per second.") @Size(max = 64) String requestsPerSecond,
    @JsonPropertyDescription("95th percentile of the response time.") @Size(max = 64) String p95,
    @JsonPropertyDescription("Model that the response times are of: closed, open or mixed.")
        @Size(max = 64) @Nullable String model,
    @JsonPropertyDescription("Failures and their share.") @Size(max = 64) String failures) {}
