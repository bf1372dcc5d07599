package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A file on a PersistentVolumeClaim. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record VolumeFile(
    @JsonPropertyDescription("Name of the PersistentVolumeClaim.")
        @Required
        @Pattern(Patterns.DNS_SUBDOMAIN) @Size(min = 1, max = 253) String claimName,
    @JsonPropertyDescription("Path of the file in the volume.")
        @Required
        @Pattern(Patterns.RELATIVE_PATH) @Size(min = 1, max = 512) @ValidationRule(
            value = "!self.contains('..')",
            message = "must stay inside the volume: remove '..'")
        String path) {}
