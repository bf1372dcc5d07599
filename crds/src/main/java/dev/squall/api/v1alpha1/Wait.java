package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** Pause between tasks. Set exactly one. */
@ValidationRule(
    value =
        "(has(self.between) ? 1 : 0) + (has(self.constant) ? 1 : 0) + (has(self.constantPacing) ? 1 : 0) + (has(self.constantThroughput) ? 1 : 0) == 1",
    message = "set exactly one of between, constant, constantPacing and constantThroughput")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Wait(
    @JsonPropertyDescription("Think time drawn uniformly between two durations.")
        @Nullable Between between,
    @JsonPropertyDescription("The same think time always.")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @Nullable String constant,
    @JsonPropertyDescription("Fixed interval between the starts of one user's iterations.")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        @Nullable String constantPacing,
    @JsonPropertyDescription("Iterations per second of one user; the inverse of constantPacing.")
        @Min(value = 0, inclusive = false) @Max(1_000_000) @Nullable Double constantThroughput) {}
