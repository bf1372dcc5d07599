package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A PersistentVolumeClaim for result files. */
public record ResultsVolume(
    @JsonPropertyDescription("Name of the PersistentVolumeClaim.") String claimName,
    @JsonPropertyDescription("Folder in the volume.") String prefix) {}
