package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/**
 * A limit on a metric of the run. Set exactly one of responseTime, timeToFirst, timeBetween,
 * failureRatio, throughput.
 */
@ValidationRule(
    value =
        "(has(self.responseTime) ? 1 : 0) + (has(self.timeToFirst) ? 1 : 0) + (has(self.timeBetween) ? 1 : 0) + (has(self.failureRatio) ? 1 : 0) + (has(self.throughput) ? 1 : 0) == 1",
    message =
        "set exactly one of responseTime, timeToFirst, timeBetween, failureRatio and throughput")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Threshold(
    @JsonPropertyDescription("Name in the status; made from the limit if absent.")
        @Pattern(Patterns.NAME) @Size(min = 1, max = 100) @Nullable String name,
    @JsonPropertyDescription("The task it applies to; the whole run if absent.")
        @Size(min = 1, max = 201) @Nullable String task,
    @JsonPropertyDescription("The load it applies to, no warm-up; all that are none if absent.")
        @Size(min = 1, max = 40) @Nullable String load,
    @JsonPropertyDescription("Limit of a percentile, the mean or the maximum of the response time.")
        @Nullable ResponseTimeThreshold responseTime,
    @JsonPropertyDescription("Of streamed answers: limit of sent to the first unit.")
        @Nullable ResponseTimeThreshold timeToFirst,
    @JsonPropertyDescription("Of streamed answers: limit of the time from a unit to the next.")
        @Nullable ResponseTimeThreshold timeBetween,
    @JsonPropertyDescription("Limit of failures divided by requests.")
        @Nullable FailureRatioThreshold failureRatio,
    @JsonPropertyDescription("Least number of completed requests per second.")
        @Nullable ThroughputThreshold throughput) {}
