package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A limit on a metric of the run. Set exactly one of responseTime, failureRatio, throughput. */
public record Threshold(
    @JsonPropertyDescription("Name in the status; made from the limit if absent.")
        @Nullable String name,
    @JsonPropertyDescription("The task it applies to; the whole run if absent.")
        @Nullable String task,
    @JsonPropertyDescription("Limit of a percentile, the mean or the maximum of the response time.")
        @Nullable ResponseTimeThreshold responseTime,
    @JsonPropertyDescription("Limit of failures divided by requests.")
        @Nullable FailureRatioThreshold failureRatio,
    @JsonPropertyDescription("Least number of completed requests per second.")
        @Nullable ThroughputThreshold throughput) {}
