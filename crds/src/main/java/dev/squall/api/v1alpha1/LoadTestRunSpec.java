package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One execution of a LoadTest. */
public record LoadTestRunSpec(
    @JsonPropertyDescription(
            "Name of the LoadTest in the same namespace. A run created by hand with this alone runs the LoadTest once more.")
        String loadTest,
    @JsonPropertyDescription("Generation of the LoadTest that is frozen here; set by the operator.")
        @Nullable Long generation,
    @JsonPropertyDescription(
            "The LoadTest's spec, frozen: set once by the operator, then immutable.")
        @Nullable LoadTestSpec test) {}
