package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Where the result files go: object storage, a volume, or neither. */
@ValidationRule(
    value = "!(has(self.s3) && has(self.persistentVolumeClaim))",
    message =
        "set at most one of s3 and persistentVolumeClaim; with neither, the coordinator keeps the files for linger")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Results(
    @JsonPropertyDescription("S3-compatible object storage.") @Nullable S3 s3,
    @JsonPropertyDescription("A PersistentVolumeClaim.")
        @Nullable ResultsVolume persistentVolumeClaim,
    @JsonPropertyDescription(
            "How long the coordinator keeps serving the files after the run if they are not stored elsewhere.")
        @Default("1h")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String linger,
    @JsonPropertyDescription(
            "Whether the history CSV has a row for each task and second, as Locust's full-history mode; else only the aggregate.")
        @Default("false")
        boolean fullHistory) {}
