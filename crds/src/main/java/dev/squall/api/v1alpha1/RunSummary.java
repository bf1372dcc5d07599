package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** A run in one line. */
public record RunSummary(
    @JsonPropertyDescription("Name of the LoadTestRun.") String name,
    @JsonPropertyDescription("Where it stands.") @Nullable RunPhase phase,
    @JsonPropertyDescription("Its verdict.") @Nullable Verdict verdict,
    @JsonPropertyDescription("Start instant.") @Nullable String startTime,
    @JsonPropertyDescription("When it was completed.") @Nullable String completionTime,
    @JsonPropertyDescription("Completed requests.") long requests,
    @JsonPropertyDescription("Failures among them.") long failures,
    @JsonPropertyDescription("95th percentile of the response time.") @Nullable Long p95Micros) {}
