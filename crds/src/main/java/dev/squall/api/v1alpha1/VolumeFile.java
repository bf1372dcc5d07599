package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A file on a PersistentVolumeClaim. */
public record VolumeFile(
    @JsonPropertyDescription("Name of the PersistentVolumeClaim.") String claimName,
    @JsonPropertyDescription("Path of the file in the volume.") String path) {}
