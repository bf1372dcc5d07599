package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import org.jspecify.annotations.Nullable;

/** The pods that send the load. */
public record Runners(
    @JsonPropertyDescription("Number of runner pods. Users and requests are shared out exactly.")
        int count,
    @JsonPropertyDescription("CPU and memory of a runner.") @Nullable Resources resources,
    @JsonPropertyDescription(
            "A partial pod template merged into the runner's: maps merge; containers, env and volumes by name; volume mounts by path; other lists replace. The container is named squall.")
        @Nullable JsonNode template) {}
