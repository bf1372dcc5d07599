package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import org.jspecify.annotations.Nullable;

/** The pods that send the load. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Runners(
    @JsonPropertyDescription("Number of runner pods. Users and requests are shared out exactly.")
        @Default("1")
        @Min(1) @Max(1000) int count,
    @JsonPropertyDescription(
            "CPU and memory of a runner; absent, 1 CPU and 512Mi as requests and limits (the operator's SQUALL_RUNNER_CPUS).")
        @Nullable Resources resources,
    @JsonPropertyDescription(
            "A partial pod template merged into the runner's: maps merge; containers, env and volumes by name; volume mounts by path; other lists replace. The container is named squall.")
        @PreserveUnknownFields
        @Nullable JsonNode template) {}
