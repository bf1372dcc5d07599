package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LevelOutcome;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.runner.coordinator.SearchNow;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The curve in characters. */
class LevelTableTest {
  private static LevelResult level(long level, long micros, boolean confirms) {
    return new LevelResult(
        level * 1000,
        level * 1000,
        null,
        micros,
        95_000,
        0,
        1,
        10,
        confirms,
        LevelOutcome.Holds,
        null);
  }

  private static SearchNow now(double limitMillis) {
    return new SearchNow("rate", 95, limitMillis, 2, 200, false, 0, 240, 0, null, false);
  }

  @Test
  void aTenthOfTheAxisIsAFactorAndTheLimitStandsInEachRow() {
    List<LevelResult> levels = List.of(level(100, 1_000, false), level(800, 1_000_000, true));
    TimeAxis axis = TimeAxis.of(levels, Optional.of(now(31.6)));
    String low = axis.row(1_000, false);
    String high = axis.row(1_000_000, true);
    assertThat(low).hasSize(24).startsWith("●").contains("┊");
    assertThat(high).hasSize(24).endsWith("◆");
    // 31.6 ms is half way from 1 ms to 1 s where each step is a factor.
    assertThat(low.indexOf('┊')).isEqualTo(high.indexOf('┊')).isBetween(11, 12);
    assertThat(axis.header()).hasSize(24).contains("< 32 ms");
  }

  @Test
  void oneLevelWithoutALimitIsAPointOnTheLeft() {
    TimeAxis axis = TimeAxis.of(List.of(level(1, 0, false)), Optional.empty());
    assertThat(axis.row(0, false)).startsWith("●").hasSize(24);
  }
}
