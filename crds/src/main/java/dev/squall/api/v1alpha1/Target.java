package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** The service under test: a Service, or a URL. */
public record Target(
    @JsonPropertyDescription("A Kubernetes Service. Set this or url.")
        @Nullable ServiceTarget service,
    @JsonPropertyDescription(
            "A base URL, for example https://models.example.com/v1. Allowed only where the operator's allowedTargets lists it.")
        @Nullable String url,
    @JsonPropertyDescription("A path that must answer before the load starts.")
        @Nullable Readiness readiness) {}
