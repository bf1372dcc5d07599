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

/** Arrivals of an open model. Set exactly one of rate, stages, replay. */
@ValidationRule(
    value =
        "(has(self.rate) ? 1 : 0) + (has(self.stages) ? 1 : 0) + (has(self.replay) ? 1 : 0) == 1",
    message = "set exactly one of rate (for example 100), stages and replay")
@ValidationRule(
    value = "self.distribution != 'Gamma' || has(self.burstiness)",
    message =
        "a Gamma distribution needs burstiness: below 1 is burstier than Poisson, above 1 more regular",
    fieldPath = ".burstiness")
@ValidationRule(
    value = "self.distribution == 'Gamma' || !has(self.burstiness)",
    message = "burstiness belongs to Gamma: set distribution to Gamma, or remove it",
    fieldPath = ".burstiness")
@ValidationRule(
    value = "!has(self.replay) || (self.distribution == 'Constant' && self.per == 'Second')",
    message = "a replay brings its own instants: remove per and distribution",
    fieldPath = ".replay")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Arrivals(
    @JsonPropertyDescription("Arrival rate: iterations begun per unit of time.")
        @Min(value = 0, inclusive = false) @Max(1_000_000_000d) @Nullable Double rate,
    @JsonPropertyDescription("The unit of time of rate and stages.") @Default("Second")
        RateUnit per,
    @JsonPropertyDescription(
            "How arrivals lie around the rate: evenly (Constant), as of independent users (Poisson), or in bursts (Gamma).")
        @Default("Constant")
        ArrivalDistribution distribution,
    @JsonPropertyDescription(
            "Shape of Gamma: below 1 burstier than Poisson, 1 like it, above 1 more regular.")
        @Min(0.01) @Max(1000) @Nullable Double burstiness,
    @JsonPropertyDescription(
            "The arrivals of each such span of time begin together, at its beginning, for example 1ms: a runner wakes up less often, and the target sees small bursts. Without it each begins at its own instant.")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 1ms")
        @Nullable String grouping,
    @JsonPropertyDescription("The rate over time, from 0: parts that follow each other.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(min = 1, max = 32) @Nullable List<Stage> stages,
    @JsonPropertyDescription("Instants recorded in a log.") @Nullable Replay replay,
    @JsonPropertyDescription("Most iterations in flight at a time, over all runners.")
        @Default("1000")
        @Min(1) @Max(1_000_000) int maxInFlight,
    @JsonPropertyDescription(
            "What becomes of an arrival beyond maxInFlight: it waits, its intended time kept (Wait), or is dropped and counted (Drop).")
        @Default("Wait")
        Overflow overflow,
    @JsonPropertyDescription(
            "Largest share of dropped arrivals, of 1, with which the run can still pass.")
        @Default("0.001")
        @Min(0) @Max(1) double maxDropRatio) {
  /** Copies the list. */
  public Arrivals {
    stages = stages == null ? null : List.copyOf(stages);
  }

  /** The same at another rate. */
  public Arrivals withRate(double other) {
    return new Arrivals(
        other,
        per,
        distribution,
        burstiness,
        grouping,
        stages,
        replay,
        maxInFlight,
        overflow,
        maxDropRatio);
  }
}
