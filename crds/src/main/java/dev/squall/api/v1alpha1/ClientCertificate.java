package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A certificate and its private key, from a Secret such as one of type kubernetes.io/tls. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ClientCertificate(
    @JsonPropertyDescription("Name of the Secret.")
        @Required
        @Pattern(Patterns.DNS_SUBDOMAIN) @Size(min = 1, max = 253) String secretName,
    @JsonPropertyDescription("Key of the certificate and those that lead to its authority, as PEM.")
        @Default("tls.crt")
        @Pattern(Patterns.KEY) @Size(min = 1, max = 253) String certificateKey,
    @JsonPropertyDescription("Key of the private key, as PEM without a password.")
        @Default("tls.key")
        @Pattern(Patterns.KEY) @Size(min = 1, max = 253) String privateKeyKey) {}
