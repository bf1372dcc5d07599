package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonProperty;
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

/** What a virtual user does: tasks chosen by weight, with a wait between them. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Scenario(
    @JsonPropertyDescription("Name of the scenario.")
        @Required
        @Pattern(Patterns.NAME) @Size(min = 1, max = 100) String name,
    @JsonPropertyDescription(
            "Share of the users that follow this scenario, relative to the other scenarios.")
        @Default("1")
        @Min(0) @Max(1_000_000) int weight,
    @JsonPropertyDescription(
            "Pause between a user's tasks. Without it, none; arrivals of an open model have none.")
        @JsonProperty("wait")
        @Nullable Wait waitTime,
    @JsonPropertyDescription(
            "A sequence that each user sends once, before its first iteration; what it captures is there in all tasks. Each step's row is named like the step.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<Step> onStart,
    @JsonPropertyDescription("Tasks to choose from, by weight, in each iteration.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Required
        @Size(min = 1, max = 64) @ValidationRule(
            value = "self.exists(t, t.weight > 0)",
            message = "at least one task needs a weight above 0")
        List<Task> tasks,
    @JsonPropertyDescription(
            "A sequence that each user sends once, when its load ends. Each step's row is named like the step.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<Step> onStop,
    @JsonPropertyDescription(
            "Whether each user keeps the target's cookies and sends them back; an arrival keeps them for its iteration.")
        @Default("false")
        boolean cookies) {
  /** Absent lists and maps are empty. */
  public Scenario {
    onStart = onStart == null ? List.of() : List.copyOf(onStart);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    onStop = onStop == null ? List.of() : List.copyOf(onStop);
  }
}
