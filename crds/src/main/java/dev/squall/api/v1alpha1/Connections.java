package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Connections to the target. */
@ValidationRule(
    value = "self.mode != 'Shared' || has(self.max)",
    message = "a Shared pool needs max: the most connections over all runners, for example 100",
    fieldPath = ".max")
@ValidationRule(
    value =
        "self.mode == 'Shared' || !(has(self.max) || has(self.opened) || has(self.openRate) || has(self.maxStreams))",
    message =
        "max, opened, openRate and maxStreams belong to a Shared pool: set mode to Shared, or remove them")
@ValidationRule(
    value = "!has(self.opened) || !has(self.max) || self.opened <= self.max",
    message = "more than max, the most connections: lower opened, or raise max",
    fieldPath = ".opened")
@ValidationRule(
    value = "!has(self.openRate) || has(self.opened)",
    message = "openRate is for what is opened before the start: set opened too, or remove it",
    fieldPath = ".openRate")
@ValidationRule(
    value = "self.mode != 'Shared' || self.spread != 'Sticky'",
    message =
        "a Shared pool's connections belong to no user: set spread to RoundRobin or First, or mode to PerUser",
    fieldPath = ".spread")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Connections(
    @JsonPropertyDescription(
            "One for each user and in-flight slot (PerUser), or a pool that all share (Shared).")
        @Default("PerUser")
        ConnectionMode mode,
    @JsonPropertyDescription(
            "Most connections of a Shared pool over all runners, at least one for each.")
        @Min(1) @Max(1_000_000) @Nullable Integer max,
    @JsonPropertyDescription(
            "How long a connection lives at most: it is closed after the answer in flight, and another opened when one is needed. Each lives between half of this and this, lest all close at once.")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 5m")
        @Nullable String lifetime,
    @JsonPropertyDescription("How long a connection may be idle before it is closed.")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 60s")
        @Nullable String idleLimit,
    @JsonPropertyDescription(
            "Connections of a Shared pool, over all runners, that are open before the load starts; the others when they are needed.")
        @Min(1) @Max(1_000_000) @Nullable Integer opened,
    @JsonPropertyDescription(
            "At how many a second, over all runners, those are opened; 1000 if absent.")
        @Min(value = 0, inclusive = false) @Max(1_000_000) @Nullable Double openRate,
    @JsonPropertyDescription(
            "Most requests at a time on each connection of a Shared HTTP2 pool; 100 if absent. The target may allow fewer.")
        @Min(1) @Max(1_000_000) @Nullable Integer maxStreams,
    @JsonPropertyDescription(
            "Where connections go of a name with several addresses, such as a headless Service: to each in turn, counted from the user's number (RoundRobin), always to the same for a user (Sticky), or to the first of the answer (First).")
        @Default("RoundRobin")
        ConnectionSpread spread) {}
