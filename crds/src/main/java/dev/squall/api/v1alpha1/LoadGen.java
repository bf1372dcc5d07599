package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A scenario of MLPerf LoadGen: it goes on until both its least duration and its least number of
 * queries are reached.
 */
@ValidationRule(
    value = "(self.scenario == 'Server' || self.scenario == 'Offline') == has(self.rate)",
    message =
        "Server needs rate (queries per second) and Offline (the samples per second to expect); SingleStream and MultiStream have none",
    fieldPath = ".rate")
@ValidationRule(
    value = "self.scenario == 'MultiStream' || !has(self.samplesPerQuery)",
    message = "samplesPerQuery belongs to MultiStream: remove it",
    fieldPath = ".samplesPerQuery")
@ValidationRule(
    value = "self.scenario != 'Offline' || !has(self.percentile)",
    message = "Offline is about throughput, not a percentile: remove it",
    fieldPath = ".percentile")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadGen(
    @JsonPropertyDescription(
            "How queries are issued: one after another (SingleStream), several at once one after another (MultiStream), as a Poisson process (Server), or all at the start (Offline).")
        @Required
        LoadGenScenario scenario,
    @JsonPropertyDescription(
            "Queries per second of Server; samples per second that Offline is expected to do.")
        @Min(value = 0, inclusive = false) @Max(1_000_000) @Nullable Double rate,
    @JsonPropertyDescription("Requests of a MultiStream query, sent together; 8 if absent.")
        @Min(1) @Max(1024) @Nullable Integer samplesPerQuery,
    @JsonPropertyDescription(
            "Percentile that minQueries is made for; 90 for SingleStream, 99 for MultiStream and Server.")
        @Min(50) @Max(value = 100, inclusive = false) @Nullable Double percentile,
    @JsonPropertyDescription("Least duration.")
        @Default("10m")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String minDuration,
    @JsonPropertyDescription(
            "Least number of queries; by MLPerf's rules for the percentile if absent.")
        @Min(1) @Max(1_000_000_000d) @Nullable Long minQueries,
    @JsonPropertyDescription("Most requests in flight at a time, over all runners.")
        @Default("1000")
        @Min(1) @Max(1_000_000) int maxInFlight) {}
