package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Where the result files go: object storage, a volume, or neither. */
public record Results(
    @JsonPropertyDescription("S3-compatible object storage.") @Nullable S3 s3,
    @JsonPropertyDescription("A PersistentVolumeClaim.")
        @Nullable ResultsVolume persistentVolumeClaim,
    @JsonPropertyDescription(
            "How long the coordinator keeps serving the files after the run if they are not stored elsewhere.")
        String linger,
    @JsonPropertyDescription(
            "Whether the history CSV has a row for each task and second, as Locust's full-history mode; else only the aggregate.")
        boolean fullHistory) {}
