package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Certificates from a Secret. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record TrustedCertificates(
    @JsonPropertyDescription("Name of the Secret.")
        @Required
        @Pattern(Patterns.DNS_SUBDOMAIN) @Size(min = 1, max = 253) String secretName,
    @JsonPropertyDescription("Key in the Secret: certificates as PEM.")
        @Default("ca.crt")
        @Pattern(Patterns.KEY) @Size(min = 1, max = 253) String key) {}
