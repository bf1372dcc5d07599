package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.coordinator.Plans;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.rehearsal.Rehearsal.Rehearsed;
import dev.squall.runner.results.Seconds;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SecondsRehearsalTest {
  private static final Rehearsed REHEARSED =
      new Rehearsed(
          3,
          "HTTP/1.1",
          List.of(Seconds.of(1, 3).requests("predict", "POST", 10, 20, 30).cut()),
          new Lag(),
          Optional.empty());

  @TempDir private Path work;

  @Test
  void aRunnersPartLeavesNothing() throws Exception {
    assertThat(SecondsRehearsal.ofRunner(REHEARSED, work)).isPositive();
    assertThat(work).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "thresholds: [{responseTime: {percentile: 99, below: 20ms}}]",
        "sweep: {users: [1, 2]}"
      })
  void ofAnyPlanAlsoTheCoordinatorsPartIsDoneAndLeavesNothing(String more) throws Exception {
    assertThat(SecondsRehearsal.ofRun(Plans.plan(3, "http://target", more), REHEARSED, work))
        .isPositive();
    assertThat(work).isEmptyDirectory();
  }
}
