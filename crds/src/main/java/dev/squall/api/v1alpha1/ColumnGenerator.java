package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** A column of a dataset. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ColumnGenerator(
    @JsonPropertyDescription("Name of the dataset.")
        @Required
        @Pattern(Patterns.DNS_LABEL) @Size(min = 1, max = 40) String dataset,
    @JsonPropertyDescription("Name of the column, as in the CSV file's first line.")
        @Required
        @Size(min = 1, max = 128) String name,
    @JsonPropertyDescription("JSON type of the value.") @Default("Auto") ColumnType type) {}
