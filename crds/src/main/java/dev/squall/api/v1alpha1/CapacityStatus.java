package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Required;
import io.fabric8.generator.annotation.Size;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What a search for capacity found. */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CapacityStatus(
    @JsonPropertyDescription(
            "The highest level that was confirmed to meet the thresholds, in thousandths; absent while there is none.")
        @Min(0) @Nullable Long milliLevel,
    @JsonPropertyDescription(
            "The lowest level above it that was not met, or not to be told from the limit, in thousandths.")
        @Min(0) @Nullable Long milliRefused,
    @JsonPropertyDescription("users or rate.") @Required @Size(max = 16) String of,
    @JsonPropertyDescription("What kept it from being higher.") @Nullable CapacityLimit limitedBy,
    @JsonPropertyDescription("The same in words.") @Size(max = 1024) @Nullable String message,
    @JsonPropertyDescription("Seconds that the trials took.") @Min(0) long seconds,
    @JsonPropertyDescription("Throughput against response time: each trial, in order of level.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 256) List<LevelResult> curve) {
  /** An absent list is empty. */
  public CapacityStatus {
    curve = curve == null ? List.of() : List.copyOf(curve);
  }
}
