package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A key of a ConfigMap. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ConfigMapFile(
    @JsonPropertyDescription("Name of the ConfigMap.")
        @Required
        @Pattern(Patterns.DNS_SUBDOMAIN) @Size(min = 1, max = 253) String name,
    @JsonPropertyDescription("Key that holds the text.")
        @Required
        @Pattern(Patterns.KEY) @Size(min = 1, max = 253) String key) {}
