package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** S3-compatible object storage. Files lie under <prefix>/<namespace>/<loadtest>/<run>/. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record S3(
    @JsonPropertyDescription("URL of the storage; AWS's own for the region if absent.")
        @Pattern(Patterns.URL) @Size(min = 1, max = 2048) @Nullable String endpoint,
    @JsonPropertyDescription("Name of the bucket.")
        @Required
        @Pattern(Patterns.BUCKET) @Size(min = 3, max = 63) String bucket,
    @JsonPropertyDescription("Prefix of the keys.")
        @Default("\"\"")
        @Pattern(Patterns.PREFIX) @Size(max = 256) String prefix,
    @JsonPropertyDescription("Region.")
        @Default("us-east-1")
        @Pattern(Patterns.DNS_LABEL) @Size(min = 1, max = 63) String region,
    @JsonPropertyDescription("Whether the bucket stands in the path rather than in the host name.")
        @Default("true")
        boolean pathStyle,
    @JsonPropertyDescription(
            "A Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without it, the pod's own identity (EKS Pod Identity).")
        @Nullable S3Credentials credentials) {}
