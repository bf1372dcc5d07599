package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Service by name and port. */
public record ServiceTarget(
    @JsonPropertyDescription("Name of the Service.") String name,
    @JsonPropertyDescription(
            "Namespace of the Service; the LoadTest's own if absent. Another one must be listed in the operator's allowedTargets.")
        @Nullable String namespace,
    @JsonPropertyDescription("Port of the Service.") int port,
    @JsonPropertyDescription("http or https.") String scheme) {}
