package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A CSV file with a header line. Set exactly one of configMap, volume. */
public record Dataset(
    @JsonPropertyDescription("Name of the dataset.") String name,
    @JsonPropertyDescription("A key of a ConfigMap.") @Nullable ConfigMapFile configMap,
    @JsonPropertyDescription("A file on a PersistentVolumeClaim.") @Nullable VolumeFile volume,
    @JsonPropertyDescription("Which row a request takes.") DatasetOrder order) {}
