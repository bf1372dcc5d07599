package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Virtual users of a closed model. Set exactly one of count, stages. */
@ValidationRule(
    value = "has(self.count) != has(self.stages)",
    message =
        "set exactly one of count (for example 20) and stages (for example [{ramp: {to: 20, duration: 1m}}])")
@ValidationRule(
    value = "!has(self.stages) || self.spawnRate == 1.0",
    message = "stages say when users start: remove spawnRate",
    fieldPath = ".spawnRate")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Users(
    @JsonPropertyDescription("Number of virtual users over all runners.") @Min(1) @Max(1_000_000) @Nullable Integer count,
    @JsonPropertyDescription("Users started per second, up to count.")
        @Default("1")
        @Min(value = 0, inclusive = false) @Max(1_000_000) double spawnRate,
    @JsonPropertyDescription("The number of users over time, from 0: parts that follow each other.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 32) @Nullable List<Stage> stages) {
  /** Copies the list. */
  public Users {
    stages = stages == null ? null : List.copyOf(stages);
  }
}
