package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import io.fabric8.generator.annotation.Default;
import io.fabric8.generator.annotation.Max;
import io.fabric8.generator.annotation.Min;
import io.fabric8.generator.annotation.Pattern;
import io.fabric8.generator.annotation.Size;
import io.fabric8.generator.annotation.ValidationRule;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The same test at given levels of one load, or batch sizes, one result for each. */
@ValidationRule(
    value =
        "(has(self.users) ? 1 : 0) + (has(self.rates) ? 1 : 0) + (has(self.batchSizes) ? 1 : 0) == 1",
    message =
        "set exactly one of users, rates and batchSizes: the levels, for example rates: [50, 100, 200]")
@ValidationRule(
    value = "!(has(self.load) && has(self.batchSizes))",
    message = "batch sizes are those of payloads, whatever load sends them: remove load",
    fieldPath = ".load")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Sweep(
    @JsonPropertyDescription("Load that is swept; the first that is no warm-up if absent.")
        @Size(min = 1, max = 40) @Nullable String load,
    @JsonPropertyDescription("Numbers of virtual users.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 32) @Nullable List<@Min(1) @Max(1_000_000) Integer> users,
    @JsonPropertyDescription("Arrival rates, in the load's own unit of time.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 32) @Nullable List<@Min(value = 0, inclusive = false) @Max(1_000_000_000d) Double> rates,
    @JsonPropertyDescription("Sizes of the batches of all payloads that have batch.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 32) @Nullable List<@Min(1) @Max(10_000) Integer> batchSizes,
    @JsonPropertyDescription("How long a new level is left to settle before it is measured.")
        @Default("5s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String settle,
    @JsonPropertyDescription("Length of a window. Three in a row must agree.")
        @Default("10s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String window,
    @JsonPropertyDescription("How many windows are measured before a level is given up.")
        @Default("10")
        @Min(3) @Max(1000) int windows,
    @JsonPropertyDescription("Percentile of the response time that must agree.")
        @Default("95")
        @Min(value = 0, inclusive = false) @Max(value = 100, inclusive = false) double percentile,
    @JsonPropertyDescription(
            "By how much windows may differ in throughput and that percentile: 0.1 is 10 %.")
        @Default("0.1")
        @Min(0.001) @Max(1) double tolerance) {
  /** Copies the lists. */
  public Sweep {
    users = users == null ? null : List.copyOf(users);
    rates = rates == null ? null : List.copyOf(rates);
    batchSizes = batchSizes == null ? null : List.copyOf(batchSizes);
  }
}
