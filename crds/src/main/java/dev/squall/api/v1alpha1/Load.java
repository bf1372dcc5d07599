package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** One load: how many users, for how long. */
@ValidationRule(
    value = "has(self.users)",
    message =
        "set users: how many virtual users send the load, for example users: {count: 20, spawnRate: 5}")
@ValidationRule(
    value = "has(self.duration) || has(self.requests)",
    message =
        "set duration (for example 60s), requests (for example 1000), or both: a load must end")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Load(
    @JsonPropertyDescription("Name of the load.")
        @Required
        @Pattern(Patterns.DNS_LABEL) @Size(min = 1, max = 40) String name,
    @JsonPropertyDescription(
            "Closed model: a number of virtual users, each waiting for its answer before its next request.")
        @Nullable Users users,
    @JsonPropertyDescription(
            "How long the load lasts from the start instant. Set duration, requests, or both: the first one reached ends the load.")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        @Nullable String duration,
    @JsonPropertyDescription("How many requests are started in all, over all runners.")
        @Min(1) @Max(1_000_000_000_000d) @Nullable Long requests,
    @JsonPropertyDescription(
            "How long requests in flight may still take at the end; what is unanswered then counts as interrupted.")
        @Default("30s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String gracefulStop) {}
