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

/** One load: users or arrivals, from when, for how long, doing what. */
@ValidationRule(
    value =
        "(has(self.users) ? 1 : 0) + (has(self.arrivals) ? 1 : 0) + (has(self.loadGen) ? 1 : 0) == 1",
    message =
        "set exactly one of users (closed model), arrivals (open model) and loadGen (a scenario of MLPerf), for example users: {count: 20, spawnRate: 5}")
@ValidationRule(
    value =
        "!has(self.users) || has(self.users.stages) || has(self.duration) || has(self.requests) || has(self.iterations)",
    message =
        "set duration (for example 60s), requests or iterations (for example 1000), or users.stages: a load must end")
@ValidationRule(
    value =
        "!has(self.arrivals) || has(self.arrivals.stages) || has(self.arrivals.replay) || has(self.duration) || has(self.iterations)",
    message =
        "set duration (for example 60s), iterations (for example 1000), arrivals.stages or arrivals.replay: a load must end")
@ValidationRule(
    value = "!has(self.requests) || !has(self.arrivals)",
    message = "an arrival is an iteration, whatever it sends: set iterations instead",
    fieldPath = ".requests")
@ValidationRule(
    value = "!has(self.requests) || !has(self.iterations)",
    message = "set at most one of requests and iterations",
    fieldPath = ".iterations")
@ValidationRule(
    value =
        "!has(self.users) || !has(self.users.stages) || !(has(self.requests) || has(self.iterations))",
    message =
        "stages end by time: remove requests and iterations, or set users.count instead of stages",
    fieldPath = ".users")
@ValidationRule(
    value =
        "!has(self.loadGen) || !(has(self.duration) || has(self.requests) || has(self.iterations))",
    message =
        "loadGen ends by its own rules: remove duration, requests and iterations, and set loadGen.minDuration and loadGen.minQueries")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Load(
    @JsonPropertyDescription("Name of the load.")
        @Required
        @Pattern(Patterns.DNS_LABEL) @Size(min = 1, max = 40) String name,
    @JsonPropertyDescription(
            "Closed model: a number of virtual users, each waiting for its answer before its next request.")
        @Nullable Users users,
    @JsonPropertyDescription(
            "Open model: iterations begin by a schedule, whatever the target does.")
        @Nullable Arrivals arrivals,
    @JsonPropertyDescription("A scenario of MLPerf LoadGen, by its rules.")
        @Nullable LoadGen loadGen,
    @JsonPropertyDescription("When the load begins, after the start instant.")
        @Default("0s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String start,
    @JsonPropertyDescription(
            "How long the load lasts from its begin. Set duration, a number of requests or iterations, or both: the first one reached ends the load. Beyond its stages the last level goes on.")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        @Nullable String duration,
    @JsonPropertyDescription("How many requests users start in all, over all runners.")
        @Min(1) @Max(1_000_000_000_000d) @Nullable Long requests,
    @JsonPropertyDescription("How many iterations begin in all, over all runners.")
        @Min(1) @Max(1_000_000_000_000d) @Nullable Long iterations,
    @JsonPropertyDescription(
            "Whether this load only warms the target up: it is sent, and reported apart from the result.")
        @Default("false")
        boolean warmUp,
    @JsonPropertyDescription("Names of the scenarios that this load follows; all if absent.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<@Size(min = 1, max = 100) String> scenarios,
    @JsonPropertyDescription(
            "How long requests in flight may still take at the end; what is unanswered then counts as interrupted.")
        @Default("30s")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) String gracefulStop) {
  /** Absent lists and maps are empty; a spec that was written before start was a field has none. */
  public Load {
    start = start == null ? "0s" : start;
    scenarios = scenarios == null ? List.of() : List.copyOf(scenarios);
  }

  /** The same with other users. */
  public Load withUsers(Users other) {
    return with(other, arrivals, duration);
  }

  /** The same with other arrivals. */
  public Load withArrivals(Arrivals other) {
    return with(users, other, duration);
  }

  /** The same with another duration. */
  public Load withDuration(String other) {
    return with(users, arrivals, other);
  }

  private Load with(
      @Nullable Users otherUsers,
      @Nullable Arrivals otherArrivals,
      @Nullable String otherDuration) {
    return new Load(
        name,
        otherUsers,
        otherArrivals,
        loadGen,
        start,
        otherDuration,
        requests,
        iterations,
        warmUp,
        scenarios,
        gracefulStop);
  }
}
