package dev.squall.api.v1alpha1;

import com.fasterxml.jackson.annotation.JsonPropertyDescription;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What to test: target, load, scenarios, thresholds, and where the results go. */
public record LoadTestSpec(
    @JsonPropertyDescription("The service under test.") Target target,
    @JsonPropertyDescription(
            "Seed of every drawn value. The same seed sends the same requests, however many runners send them.")
        long seed,
    @JsonPropertyDescription("The loads of this test.") List<Load> loads,
    @JsonPropertyDescription(
            "What a virtual user does. Each user follows one scenario, chosen by weight.")
        List<Scenario> scenarios,
    @JsonPropertyDescription(
            "Named payload generators; request bodies and templates refer to them by name.")
        List<Payload> payloads,
    @JsonPropertyDescription("CSV files whose rows payloads draw from.") List<Dataset> datasets,
    @JsonPropertyDescription("Which tasks take part, by tag. Without it, all do.")
        @Nullable Tags tags,
    @JsonPropertyDescription(
            "Limits that decide the verdict. Without any, a run that completed with at least one request passes.")
        List<Threshold> thresholds,
    @JsonPropertyDescription("The pods that send the load.") Runners runners,
    @JsonPropertyDescription("The pod that gathers a run.") CoordinatorPod coordinator,
    @JsonPropertyDescription("Where the result files go.") Results results,
    @JsonPropertyDescription(
            "How long the target, the coordinator and all runners may take to be ready before the run ends Inconclusive.")
        String startTimeout,
    @JsonPropertyDescription("How many runs that Passed are kept.") int successfulRunsHistoryLimit,
    @JsonPropertyDescription("How many runs that Failed or were Inconclusive are kept.")
        int failedRunsHistoryLimit) {
  /** Absent lists and maps are empty. */
  public LoadTestSpec {
    loads = loads == null ? List.of() : List.copyOf(loads);
    scenarios = scenarios == null ? List.of() : List.copyOf(scenarios);
    payloads = payloads == null ? List.of() : List.copyOf(payloads);
    datasets = datasets == null ? List.of() : List.copyOf(datasets);
    thresholds = thresholds == null ? List.of() : List.copyOf(thresholds);
  }
}
