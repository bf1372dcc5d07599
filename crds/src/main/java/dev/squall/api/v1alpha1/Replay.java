package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;

/** Arrivals at the instants of a log. The first instant is the load's begin; any order will do. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Replay(
    @JsonPropertyDescription("Name of the dataset that holds the log.")
        @Required
        @Pattern(Patterns.DNS_LABEL) @Size(min = 1, max = 40) String dataset,
    @JsonPropertyDescription("Column (Csv) or field (JsonLines) with the instants.")
        @Required
        @Size(min = 1, max = 128) String field,
    @JsonPropertyDescription("How the instants are written.") @Default("Rfc3339")
        TimestampFormat format,
    @JsonPropertyDescription("1 as recorded, 2 twice as fast.")
        @Default("1")
        @Min(0.000001) @Max(1_000_000) double speed) {}
