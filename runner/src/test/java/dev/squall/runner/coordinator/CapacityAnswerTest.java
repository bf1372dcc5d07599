package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.CapacityLimit;
import dev.squall.api.v1alpha1.CapacityStatus;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What is said of a capacity. */
class CapacityAnswerTest {
  private static CapacityStatus found(
      @Nullable Long milliLevel, String of, CapacityLimit limit, String message) {
    return new CapacityStatus(milliLevel, null, of, limit, message, 60, List.of());
  }

  @Test
  void whatBreaksAboveTheLevelIsNamed() {
    assertThat(
            CapacityAnswer.of(
                found(850_500L, "rate", CapacityLimit.Threshold, "p95 is 21 ms, not below 20 ms")))
        .hasValue("850.5/s; above it, p95 is 21 ms, not below 20 ms");
  }

  @Test
  void whereTheSearchEndedAtItsUpperBoundNothingIsSaidOfWhatIsAbove() {
    assertThat(
            CapacityAnswer.of(
                found(40_000L, "users", CapacityLimit.Range, "the highest level allowed is met")))
        .hasValue("40 users, the highest level allowed");
  }

  @Test
  void noLevelIsNoAnswer() {
    assertThat(CapacityAnswer.of(found(null, "rate", CapacityLimit.Time, "no time"))).isEmpty();
  }
}
