package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** Limit of the response time. Set exactly one of percentile, statistic. */
public record ResponseTimeThreshold(
    @JsonPropertyDescription(
            "Percentile, such as 95 or 99.9; judged on its distribution-free 95 % interval.")
        @Nullable Double percentile,
    @JsonPropertyDescription("Mean or Max.") @Nullable TimeStatistic statistic,
    @JsonPropertyDescription("The limit.") String below) {}
