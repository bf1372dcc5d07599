package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A header value from a Secret. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record HeaderCredentials(
    @JsonPropertyDescription("Name of the header.")
        @Required
        @Pattern(Patterns.HEADER_NAME) @Size(min = 1, max = 128) String name,
    @JsonPropertyDescription("Name of the Secret.")
        @Required
        @Pattern(Patterns.DNS_SUBDOMAIN) @Size(min = 1, max = 253) String secretName,
    @JsonPropertyDescription("Key in the Secret.")
        @Required
        @Pattern(Patterns.KEY) @Size(min = 1, max = 253) String key) {}
