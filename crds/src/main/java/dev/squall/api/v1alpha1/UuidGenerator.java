package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;

/** A random UUID. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record UuidGenerator(
    @JsonPropertyDescription("Version of the UUID: v4.")
        @Default("v4")
        @Pattern(Patterns.UUID_VERSION) @Size(min = 2, max = 2) String version) {}
