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
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A weighted choice inside a scenario: one request, or a sequence of steps. */
@ValidationRule(
    value = "has(self.request) != (has(self.steps) && size(self.steps) > 0)",
    message = "set exactly one of request (one request) and steps (a sequence)")
@ValidationRule(
    value = "!has(self.steps) || size(self.steps) == 0 || !has(self.expect)",
    message = "a task with steps has no expect of its own: give each step its expect",
    fieldPath = ".expect")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Task(
    @JsonPropertyDescription("Name of the task: the row in tables and CSV files.")
        @Required
        @Pattern(Patterns.NAME) @Size(min = 1, max = 100) String name,
    @JsonPropertyDescription("How often this task is chosen, relative to the others.")
        @Default("1")
        @Min(0) @Max(1_000_000) int weight,
    @JsonPropertyDescription("Tags, for spec.tags to include or exclude.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<@Pattern(Patterns.TAG) @Size(min = 1, max = 63) String> tags,
    @JsonPropertyDescription("The one request. Set this or steps.") @Nullable Request request,
    @JsonPropertyDescription(
            "What the answer must be like. Without it, any status below 400 is a success.")
        @Nullable Expectation expect,
    @JsonPropertyDescription(
            "A sequence of requests; later ones can use what earlier ones captured. A failed step ends the sequence.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<Step> steps) {
  /** Absent lists and maps are empty. */
  public Task {
    tags = tags == null ? List.of() : List.copyOf(tags);
    steps = steps == null ? List.of() : List.copyOf(steps);
  }
}
