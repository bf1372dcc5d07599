package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import com.fasterxml.jackson.databind.JsonNode;
import io.fabric8.crd.generator.annotation.PreserveUnknownFields;
import org.jspecify.annotations.Nullable;

/** The pod that gathers a run. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CoordinatorPod(
    @JsonPropertyDescription("CPU and memory of the coordinator.") @Nullable Resources resources,
    @JsonPropertyDescription(
            "A partial pod template merged into the coordinator's, by the same rule as runners.template. The container is named squall.")
        @PreserveUnknownFields
        @Nullable JsonNode template) {}
