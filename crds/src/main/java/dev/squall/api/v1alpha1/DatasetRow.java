package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A whole row of a dataset. */
public record DatasetRow(@JsonPropertyDescription("Name of the dataset.") String dataset) {}
