package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A result file. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StoredFile(
    @JsonPropertyDescription("Name of the file.") @Required @Size(max = 256) String name,
    @JsonPropertyDescription("Where it is.") @Required @Size(max = 4096) String url,
    @JsonPropertyDescription("Its size.") @Min(0) long bytes) {}
