package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A PersistentVolumeClaim for result files. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ResultsVolume(
    @JsonPropertyDescription("Name of the PersistentVolumeClaim.")
        @Required
        @Pattern(Patterns.DNS_SUBDOMAIN) @Size(min = 1, max = 253) String claimName,
    @JsonPropertyDescription("Folder in the volume.")
        @Default("\"\"")
        @Pattern(Patterns.PREFIX) @Size(max = 256) String prefix) {}
