package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record S3Credentials(
    @JsonPropertyDescription("Name of the Secret.")
        @Required
        @Pattern(Patterns.DNS_SUBDOMAIN) @Size(min = 1, max = 253) String secretName) {}
