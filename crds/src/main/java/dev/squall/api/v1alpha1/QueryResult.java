package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import org.jspecify.annotations.Nullable;

/** Queries of MLPerf's SingleStream or MultiStream, by LoadGen's rules. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record QueryResult(
    @JsonPropertyDescription("Number of queries.") @Min(0) long queries,
    @JsonPropertyDescription("The percentile that is reported.") @Required double percentile,
    @JsonPropertyDescription(
            "The percentile of a query's time by early stopping, at 99 % confidence; absent with too few queries.")
        @Min(0) @Nullable Long percentileMicros) {}
