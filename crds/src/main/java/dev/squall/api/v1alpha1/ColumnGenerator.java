package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;

/** A column of a dataset. */
public record ColumnGenerator(
    @JsonPropertyDescription("Name of the dataset.") String dataset,
    @JsonPropertyDescription("Name of the column, as in the CSV file's first line.") String name,
    @JsonPropertyDescription("JSON type of the value.") ColumnType type) {}
