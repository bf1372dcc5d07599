package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonProperty;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a virtual user does: tasks chosen by weight, with a wait between them. */
public record Scenario(
    @JsonPropertyDescription("Name of the scenario.") String name,
    @JsonPropertyDescription(
            "Share of the users that follow this scenario, relative to the other scenarios.")
        int weight,
    @JsonPropertyDescription("Pause between a user's tasks. Without it, none.")
        @JsonProperty("wait")
        @Nullable Wait waitTime,
    @JsonPropertyDescription(
            "Tasks that each user does once, in order, before its first iteration.")
        List<Task> onStart,
    @JsonPropertyDescription("Tasks to choose from, by weight, in each iteration.")
        List<Task> tasks,
    @JsonPropertyDescription("Tasks that each user does once, in order, when its load ends.")
        List<Task> onStop) {
  /** Absent lists and maps are empty. */
  public Scenario {
    onStart = onStart == null ? List.of() : List.copyOf(onStart);
    tasks = tasks == null ? List.of() : List.copyOf(tasks);
    onStop = onStop == null ? List.of() : List.copyOf(onStop);
  }
}
