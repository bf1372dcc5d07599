package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A Kubernetes Service by name and port. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ServiceTarget(
    @JsonPropertyDescription("Name of the Service.")
        @Required
        @Pattern(Patterns.SERVICE_NAME) @Size(min = 1, max = 63) String name,
    @JsonPropertyDescription(
            "Namespace of the Service; the LoadTest's own if absent. Another one must be listed in the operator's allowedTargets.")
        @Pattern(Patterns.DNS_LABEL) @Size(min = 1, max = 63) @Nullable String namespace,
    @JsonPropertyDescription("Port of the Service.") @Required @Min(1) @Max(65535) int port,
    @JsonPropertyDescription("http or https.")
        @Default("http")
        @Pattern(Patterns.SCHEME) @Size(min = 1, max = 5) String scheme) {}
