package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import org.jspecify.annotations.Nullable;

/** One load: how many users, for how long. */
public record Load(
    @JsonPropertyDescription("Name of the load.") String name,
    @JsonPropertyDescription(
            "Closed model: a number of virtual users, each waiting for its answer before its next request.")
        @Nullable Users users,
    @JsonPropertyDescription(
            "How long the load lasts from the start instant. Set duration, requests, or both: the first one reached ends the load.")
        @Nullable String duration,
    @JsonPropertyDescription("How many requests are started in all, over all runners.")
        @Nullable Long requests,
    @JsonPropertyDescription(
            "How long requests in flight may still take at the end; what is unanswered then counts as interrupted.")
        String gracefulStop) {}
