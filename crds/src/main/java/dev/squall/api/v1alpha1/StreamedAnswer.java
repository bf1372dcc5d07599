package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import org.jspecify.annotations.Nullable;

/** An answer that comes in parts, such as a model's tokens. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record StreamedAnswer(
    @JsonPropertyDescription(
            "What is timed: a server-sent event (Event), or an HTTP chunk or data frame (Chunk).")
        @Required
        StreamUnit unit,
    @JsonPropertyDescription(
            "How long after a unit the next, or the end, may take before the request is a timeout failure.")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 5s")
        @Nullable String betweenTimeout) {}
