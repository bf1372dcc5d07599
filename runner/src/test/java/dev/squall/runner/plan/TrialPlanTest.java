package dev.squall.runner.plan;

import static java.util.Objects.requireNonNull;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.check.Durations;
import dev.squall.api.wire.Plan;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TrialPlanTest {
  private static final Plan SEARCH =
      Written.plan(
          """
          apiVersion: squall.dev/v1alpha1
          kind: LoadTest
          metadata: {name: search}
          spec:
            target: {url: "http://target:8080"}
            loads: [{name: all, arrivals: {rate: 10}, duration: 60s}]
            scenarios: [{name: one, tasks: [{name: only, request: {path: /}}]}]
            thresholds: [{failureRatio: {below: 0.01}}]
            capacity: {rate: {from: 10, to: 2000}}
          """);

  @ParameterizedTest
  @CsvSource({
    "0.5, PT0.5S",
    "41.6667, PT41.666S",
    // a confirming run of twenty minutes, and one of a day
    "1235, PT20M35S",
    "86400, PT24H",
  })
  void loadsLastAsLongAsTheTrial(double seconds, Duration lasting) {
    Plan trial = TrialPlan.of(SEARCH, 1, 20, seconds);
    String duration = requireNonNull(trial.test().loads().getFirst().duration());
    assertThat(Durations.parse(duration)).isEqualTo(lasting);
    // It is what a runner can compile.
    assertThat(PlanCompiler.compile(trial, new Sources.Named(Map.of(), Map.of()))).isNotNull();
  }
}
