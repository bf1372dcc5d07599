package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** The service under test: a Service, or a URL. */
@ValidationRule(
    value = "has(self.service) != has(self.url)",
    message = "set exactly one of service (a Kubernetes Service) and url (a base URL)")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Target(
    @JsonPropertyDescription("A Kubernetes Service. Set this or url.")
        @Nullable ServiceTarget service,
    @JsonPropertyDescription(
            "A base URL, for example https://models.example.com/v1. Allowed only where the operator's allowedTargets lists it.")
        @Pattern(Patterns.URL) @Size(min = 1, max = 2048) @Nullable String url,
    @JsonPropertyDescription("A path that must answer before the load starts.")
        @Nullable Readiness readiness) {}
