package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Seconds;
import dev.squall.runner.search.Objective;
import dev.squall.runner.search.Slice.Count;
import org.junit.jupiter.api.Test;

/** What a search is told of a second. */
class MeasuredSlicesTest {
  private static MeasuredSlices of(String thresholds) {
    return new MeasuredSlices(
        Plans.spec("capacity: {users: {from: 1, to: 9}}\nthresholds: [" + thresholds + "]\n"));
  }

  private static final Snapshot SECOND =
      Seconds.of(1, 3).requests("predict", "POST", 10, 20, 900).stream(
              "chat", "POST", 250, 20, 30, 80)
          .cut();

  @Test
  void streamedAnswersAreCountedByTheTimeToTheirFirstUnitAndBetweenUnits() {
    MeasuredSlices slices =
        of(
            "{task: chat, timeToFirst: {percentile: 90, below: 200ms}},"
                + "{timeToFirst: {percentile: 50, below: 300ms}},"
                + "{timeBetween: {percentile: 95, below: 50ms}}");
    assertThat(slices.objectives())
        .extracting(Objective::text)
        .containsExactly(
            "p90 of the time to the first unit below 200.0 ms",
            "p50 of the time to the first unit below 300.0 ms",
            "p95 of the time between units below 50.0 ms");
    assertThat(slices.of(SECOND).counts())
        .containsExactly(new Count(1, 1), new Count(0, 1), new Count(1, 3));
  }

  @Test
  void theResponseTimeOfATaskAndOfAllAreCountedApart() {
    MeasuredSlices slices =
        of(
            "{task: predict, responseTime: {percentile: 95, below: 100ms}},"
                + "{responseTime: {percentile: 95, below: 100ms}}");
    assertThat(slices.of(SECOND).counts()).containsExactly(new Count(1, 3), new Count(2, 4));
  }
}
