package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A run in one line. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record RunSummary(
    @JsonPropertyDescription("Name of the LoadTestRun.") @Required @Size(max = 63) String name,
    @JsonPropertyDescription("Where it stands.") @Nullable RunPhase phase,
    @JsonPropertyDescription("Its verdict.") @Nullable Verdict verdict,
    @JsonPropertyDescription("Start instant.") @Pattern(Patterns.TIME) @Size(max = 64) @Nullable String startTime,
    @JsonPropertyDescription("When it was completed.") @Pattern(Patterns.TIME) @Size(max = 64) @Nullable String completionTime,
    @JsonPropertyDescription("Completed requests.") @Min(0) long requests,
    @JsonPropertyDescription("Failures among them.") @Min(0) long failures,
    @JsonPropertyDescription("95th percentile of the response time.") @Min(0) @Nullable Long p95Micros) {}
