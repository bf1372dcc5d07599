package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;

/** Two durations. */
@ValidationRule(
    value = "duration(self.min) <= duration(self.max)",
    message = "min must not be longer than max: exchange them")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Between(
    @JsonPropertyDescription("Shortest wait.")
        @Required
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String min,
    @JsonPropertyDescription("Longest wait.")
        @Required
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String max) {}
