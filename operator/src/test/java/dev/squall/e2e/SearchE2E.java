package dev.squall.e2e;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.CapacityLimit;
import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.LevelOutcome;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.Verdict;
import java.util.List;
import java.util.Objects;
import org.junit.jupiter.api.Test;

/** Searches over a target that answers in 10 ms, with its log as the truth. */
final class SearchE2E {
  private final Installed squall = Installed.shared();

  private static String manifest(String name, String load, String search) {
    return """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: %s}
        spec:
          target:
            service: {name: target, port: 8080}
          loads:
            - {name: searched, %s, duration: 1s, gracefulStop: 1s}
          scenarios:
            - name: hit
              tasks:
                - {name: hit, request: {path: "/hit?delay=10ms"}}
          %s
          runners: {count: 1}
        """
            .formatted(name, load, search)
        + Manifests.stored();
  }

  private static void assertCountsAreTheTargets(Space space, String run, LoadTestRunStatus status) {
    long hits = space.target().entries().stream().filter(e -> e.path().equals("/hit")).count();
    assertThat(status.requests() + status.interrupted()).isEqualTo(hits);
    assertThat(status.failures()).isZero();
    StoredFiles.of(space, run).assertAgreesWith(status);
  }

  /** The run's row as a user sees it. */
  private static String row(Space space, String run) {
    return space.cluster().kubectl("get", "ldtr", run, "-n", space.namespace());
  }

  @Test
  void theHighestRateAllowedIsConfirmedAndStandsInTheStatus() {
    try (Space space = squall.space("capacity")) {
      String run =
          space.start(
              manifest(
                  "knee",
                  "arrivals: {rate: 1, maxInFlight: 200}",
                  "thresholds: [{responseTime: {percentile: 95, below: 500ms}}]\n"
                      + "  capacity: {rate: {from: 100, to: 200}, precision: 0.5, settle: 1s,"
                      + " trial: 15s, confirm: 20s, confirmAtMost: 40s, atMost: 3m}"),
              "knee");
      LoadTestRunStatus status = space.awaitCompleted(run, 240);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Passed);
      assertThat(status.reason()).isEqualTo("CapacityFound");
      CapacityStatus capacity = Objects.requireNonNull(status.capacity());
      assertThat(capacity.milliLevel()).isEqualTo(200_000);
      assertThat(capacity.of()).isEqualTo("rate");
      assertThat(capacity.limitedBy()).isEqualTo(CapacityLimit.Range);
      assertThat(capacity.curve())
          .extracting(LevelResult::milliLevel)
          .contains(100_000L, 200_000L)
          .isSorted();
      assertThat(capacity.curve())
          .allMatch(one -> one.outcome() == LevelOutcome.Holds)
          .allMatch(one -> one.responseTimeMicros() >= 10_000)
          .allMatch(
              one ->
                  Math.abs(one.milliRequestsPerSecond() - one.milliLevel()) < one.milliLevel() / 20)
          .filteredOn(LevelResult::confirms)
          .singleElement()
          .matches(one -> one.seconds() >= 20);
      assertThat(row(space, run)).contains("knee", "Completed", "Passed", "open", "CapacityFound");
      assertCountsAreTheTargets(space, run, status);
      assertThat(StoredFiles.of(space, run).summary().at("/capacity/milliLevel").asLong())
          .isEqualTo(200_000);
    }
  }

  @Test
  void aSweepHasARowForEachLevel() {
    try (Space space = squall.space("sweep")) {
      String run =
          space.start(
              manifest(
                  "rows",
                  "users: {count: 1, spawnRate: 20}",
                  "sweep: {users: [10, 20], settle: 1s, window: 3s, percentile: 50, tolerance: 0.5}"),
              "rows");
      LoadTestRunStatus status = space.awaitCompleted(run, 180);
      assertThat(status.verdict()).as(status.message()).isEqualTo(Verdict.Passed);
      assertThat(status.reason()).isEqualTo("LevelsSteady");
      List<LevelResult> rows = status.sweep();
      assertThat(rows).extracting(LevelResult::milliLevel).containsExactly(10_000L, 20_000L);
      assertThat(rows)
          .allMatch(one -> one.outcome() == LevelOutcome.Steady)
          .allMatch(one -> one.responseTimeMicros() >= 10_000);
      // A user sends no more than a hundred a second to a target of 10 ms.
      assertThat(rows).allMatch(one -> one.milliRequestsPerSecond() <= 100 * one.milliLevel());
      assertThat(row(space, run)).contains("rows", "Completed", "Passed", "closed", "LevelsSteady");
      assertCountsAreTheTargets(space, run, status);
    }
  }
}
