package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** What one level of load did. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LevelResult(
    @JsonPropertyDescription("Users, rate or batch size, in thousandths.") @Min(0) long milliLevel,
    @JsonPropertyDescription("Completed requests per 1,000 seconds.") @Min(0) long milliRequestsPerSecond,
    @JsonPropertyDescription(
            "Of a sweep over batch sizes: records in requests that did not fail, per 1,000 seconds.")
        @Min(0) @Nullable Long milliRecordsPerSecond,
    @JsonPropertyDescription("The percentile below, in microseconds.") @Min(0) long responseTimeMicros,
    @JsonPropertyDescription("Which percentile of the response time, in thousandths.") @Min(0) long milliPercentile,
    @JsonPropertyDescription("Failures among a million requests.") @Min(0) long failuresPerMillion,
    @JsonPropertyDescription("Requests due and not completed, on average.") @Min(0) long inFlight,
    @JsonPropertyDescription("Seconds measured.") @Min(0) long seconds,
    @JsonPropertyDescription("Whether it was the longer run that confirms.") boolean confirms,
    @JsonPropertyDescription("What it showed.") @Required LevelOutcome outcome,
    @JsonPropertyDescription("Why the thresholds do not hold, or the windows do not agree.")
        @Size(max = 1024) @Nullable String message) {}
