package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A weighted choice inside a scenario: one request, or a sequence of steps. */
public record Task(
    @JsonPropertyDescription("Name of the task: the row in tables and CSV files.") String name,
    @JsonPropertyDescription("How often this task is chosen, relative to the others.") int weight,
    @JsonPropertyDescription("Tags, for spec.tags to include or exclude.") List<String> tags,
    @JsonPropertyDescription("The one request. Set this or steps.") @Nullable Request request,
    @JsonPropertyDescription(
            "What the answer must be like. Without it, any status below 400 is a success.")
        @Nullable Expectation expect,
    @JsonPropertyDescription(
            "A sequence of requests; later ones can use what earlier ones captured. A failed step ends the sequence.")
        List<Step> steps) {
  /** Absent lists and maps are empty. */
  public Task {
    tags = tags == null ? List.of() : List.copyOf(tags);
    steps = steps == null ? List.of() : List.copyOf(steps);
  }
}
