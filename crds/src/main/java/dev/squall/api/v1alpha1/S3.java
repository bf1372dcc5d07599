package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** S3-compatible object storage. Files lie under <prefix>/<namespace>/<loadtest>/<run>/. */
public record S3(
    @JsonPropertyDescription("URL of the storage; AWS's own for the region if absent.")
        @Nullable String endpoint,
    @JsonPropertyDescription("Name of the bucket.") String bucket,
    @JsonPropertyDescription("Prefix of the keys.") String prefix,
    @JsonPropertyDescription("Region.") String region,
    @JsonPropertyDescription("Whether the bucket stands in the path rather than in the host name.")
        boolean pathStyle,
    @JsonPropertyDescription(
            "A Secret with AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY; without it, the pod's own identity.")
        @Nullable S3Credentials credentials) {}
