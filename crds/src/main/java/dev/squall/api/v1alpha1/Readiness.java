package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** A path that is asked until it answers with a status below 400. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Readiness(
    @JsonPropertyDescription("Path to ask with GET.")
        @Required
        @Pattern(Patterns.PATH) @Size(min = 1, max = 2048) String path,
    @JsonPropertyDescription("How long to wait for the first good answer.")
        @Default("60s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String timeout) {}
