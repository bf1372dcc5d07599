package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import org.jspecify.annotations.Nullable;

/** A condition as Kubernetes writes them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Condition(
    @JsonPropertyDescription("Name of the condition.")
        @Required
        @Pattern(Patterns.CONDITION_TYPE) @Size(min = 1, max = 316) String type,
    @JsonPropertyDescription("True, False or Unknown.")
        @Required
        @Pattern(Patterns.CONDITION_STATUS) @Size(min = 1, max = 7) String status,
    @JsonPropertyDescription("One word that says why.")
        @Required
        @Pattern(Patterns.CONDITION_REASON) @Size(min = 1, max = 1024) String reason,
    @JsonPropertyDescription("What it is about, and what to do.") @Required @Size(max = 32768) String message,
    @JsonPropertyDescription("When the status last changed (RFC 3339).")
        @Required
        @Pattern(Patterns.TIME) @Size(max = 64) String lastTransitionTime,
    @JsonPropertyDescription("Generation the condition speaks of.") @Min(0) @Nullable Long observedGeneration) {}
