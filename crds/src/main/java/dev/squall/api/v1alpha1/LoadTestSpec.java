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

/** What to test: target, load, scenarios, thresholds, and where the results go. */
@ValidationRule(
    value =
        "!has(self.thresholds) || self.thresholds.all(t, !has(t.task) || self.scenarios.exists(s,"
            + " s.tasks.exists(k, k.name == t.task || (has(k.steps) && t.task.startsWith(k.name +"
            + " '/'))) || (has(s.onStart) && s.onStart.exists(p, p.name == t.task)) ||"
            + " (has(s.onStop) && s.onStop.exists(p, p.name == t.task))))",
    message =
        "a threshold's task must be the name of a task, of a step as <task>/<step>, or of a step of"
            + " onStart or onStop; leave it out to judge the whole run",
    fieldPath = ".thresholds")
@ValidationRule(
    value =
        "!has(self.thresholds) || self.thresholds.all(t, !has(t.load) || self.loads.exists(l, l.name == t.load && !l.warmUp))",
    message =
        "a threshold's load must be the name of a load that is no warmUp; leave it out to judge all of them together",
    fieldPath = ".thresholds")
@ValidationRule(
    value =
        "self.loads.all(l, !has(l.scenarios) || l.scenarios.all(n, self.scenarios.exists(s, s.name == n)))",
    message = "a load's scenarios must be names of spec.scenarios; leave them out to follow all",
    fieldPath = ".loads")
@ValidationRule(
    value = "!(has(self.capacity) && has(self.sweep))",
    message = "set at most one of capacity and sweep",
    fieldPath = ".sweep")
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LoadTestSpec(
    @JsonPropertyDescription("The service under test.") @Required Target target,
    @JsonPropertyDescription(
            "Seed of every drawn value. The same seed sends the same requests, however many runners send them.")
        @Default("1")
        @Min(0) @Max(9_007_199_254_740_991d) long seed,
    @JsonPropertyDescription(
            "The loads of this test, each from its own start, all at the same time.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Required
        @Size(min = 1, max = 16) @ValidationRule(
            value = "self.exists(l, !l.warmUp)",
            message = "at least one load must not be a warmUp: the result would be empty")
        List<Load> loads,
    @JsonPropertyDescription(
            "What a virtual user or an arrival does. Each follows one scenario, chosen by weight.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Required
        @Size(min = 1, max = 16) @ValidationRule(
            value = "self.exists(s, s.weight > 0)",
            message = "at least one scenario needs a weight above 0")
        List<Scenario> scenarios,
    @JsonPropertyDescription(
            "Named payload generators; request bodies and templates refer to them by name.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 64) List<Payload> payloads,
    @JsonPropertyDescription(
            "Files whose rows payloads draw from, or whose instants a load replays.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 16) List<Dataset> datasets,
    @JsonPropertyDescription("Which tasks take part, by tag. Without it, all do.")
        @Nullable Tags tags,
    @JsonPropertyDescription(
            "Limits that decide the verdict. Without any, a run that completed with at least one request passes.")
        @JsonInclude(JsonInclude.Include.NON_EMPTY)
        @Size(max = 32) List<Threshold> thresholds,
    @JsonPropertyDescription(
            "Searches the highest level of a load that holds the thresholds, by trials.")
        @Nullable Capacity capacity,
    @JsonPropertyDescription("Runs the test at given levels of a load, one after another.")
        @Nullable Sweep sweep,
    @JsonPropertyDescription("The pods that send the load.") @Default("{}") Runners runners,
    @JsonPropertyDescription("The pod that gathers a run.") @Default("{}")
        CoordinatorPod coordinator,
    @JsonPropertyDescription("Where the result files go.") @Default("{}") Results results,
    @JsonPropertyDescription(
            "How long the target, the coordinator and all runners may take to be ready before the run ends Inconclusive.")
        @Default("5m")
        @Pattern(Patterns.DURATION) @Size(min = 2, max = 20) @ValidationRule(
            value = "duration(self) > duration('0s')",
            message = "must be longer than 0s, for example 30s")
        String startTimeout,
    @JsonPropertyDescription("How many runs that Passed are kept.") @Default("3") @Min(0) @Max(100) int successfulRunsHistoryLimit,
    @JsonPropertyDescription("How many runs that Failed or were Inconclusive are kept.")
        @Default("3")
        @Min(0) @Max(100) int failedRunsHistoryLimit) {
  /** Absent lists and maps are empty. */
  public LoadTestSpec {
    loads = loads == null ? List.of() : List.copyOf(loads);
    scenarios = scenarios == null ? List.of() : List.copyOf(scenarios);
    payloads = payloads == null ? List.of() : List.copyOf(payloads);
    datasets = datasets == null ? List.of() : List.copyOf(datasets);
    thresholds = thresholds == null ? List.of() : List.copyOf(thresholds);
  }

  /** The same test with other loads and another seed. */
  public LoadTestSpec withLoads(List<Load> others, long otherSeed) {
    return with(others, otherSeed, payloads);
  }

  /** The same test with batches of another size. */
  public LoadTestSpec withBatchesOf(int size) {
    List<Payload> others =
        payloads.stream()
            .map(one -> one.batch() == null ? one : one.withBatch(new Batch(size)))
            .toList();
    return with(loads, seed, others);
  }

  private LoadTestSpec with(List<Load> otherLoads, long otherSeed, List<Payload> otherPayloads) {
    return new LoadTestSpec(
        target,
        otherSeed,
        otherLoads,
        scenarios,
        otherPayloads,
        datasets,
        tags,
        thresholds,
        capacity,
        sweep,
        runners,
        coordinator,
        results,
        startTimeout,
        successfulRunsHistoryLimit,
        failedRunsHistoryLimit);
  }
}
