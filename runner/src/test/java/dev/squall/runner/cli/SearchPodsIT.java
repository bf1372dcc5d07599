package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LevelOutcome;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import dev.squall.runner.coordinator.Plans;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A sweep by processes whose coordinator is killed, with the target's own count as the truth. */
class SearchPodsIT {
  private static final Duration SOON = Duration.ofMinutes(2);
  private static final Duration RUN = Duration.ofMinutes(4);
  private static final String SWEEP =
      """
      loads: [{name: all, users: {count: 1, spawnRate: 20}, duration: 1s, gracefulStop: 1s}]
      sweep: {users: [2, 4, 6], settle: 1s, window: 2s, percentile: 50, tolerance: 1}
      scenarios:
        - name: buyer
          wait: {between: {min: 5ms, max: 20ms}}
          tasks: [{name: predict, request: {method: POST, path: /predict}}]
      results: {persistentVolumeClaim: {claimName: results}}
      """;

  @TempDir private Path root;
  private CountingTarget target;
  private long before;
  private final List<PodProcess> pods = new ArrayList<>();

  @BeforeEach
  void startTarget() throws IOException {
    target = new CountingTarget();
  }

  @AfterEach
  void endAll() {
    pods.forEach(PodProcess::close);
    target.close();
  }

  private PodProcess start() throws IOException {
    pods.forEach(PodProcess::close);
    pods.clear();
    before = target.requests();
    Path folder = Files.createTempDirectory(root, "run");
    return PodProcess.start(folder, Plans.plan(2, target.url(), SWEEP), 2, pods);
  }

  private void isWhole(Summary summary) {
    assertThat(summary.verdict()).as(summary.message()).isEqualTo(Verdict.Passed);
    assertThat(summary.sweep())
        .extracting(LevelResult::milliLevel)
        .containsExactly(2000L, 4000L, 6000L);
    assertThat(summary.sweep()).allMatch(row -> row.outcome() == LevelOutcome.Steady);
    assertThat(summary.requests() + summary.interrupted()).isEqualTo(target.requests() - before);
    assertThat(summary.offered())
        .isEqualTo(summary.requests() + summary.dropped() + summary.interrupted());
  }

  @Test
  void aSearchWhoseCoordinatorIsKilledInASecondTrialGoesOn() throws Exception {
    Summary known;
    Summary summary;
    int times = 0;
    do {
      PodProcess coordinator = start();
      known = coordinator.await(RUN, s -> s.sweep().size() == 1);
      coordinator.kill();
      coordinator.restart();
      summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
      assertThat(summary.startTime()).isEqualTo(known.startTime());
      // What had been found was found again from what the runners keep.
      assertThat(summary.sweep().getFirst()).isEqualTo(known.sweep().getFirst());
    } while (TooBusy.says(summary) && ++times < TooBusy.TIMES);
    isWhole(summary);
  }

  @Test
  void aTrialWithoutACoordinatorEndsByItselfAndIsTriedAgain() throws Exception {
    Summary summary;
    int times = 0;
    do {
      PodProcess coordinator = start();
      coordinator.await(SOON, s -> s.requests() > 50);
      coordinator.kill();
      target.awaitQuiet(Duration.ofSeconds(3), SOON);
      long then = target.requests();
      coordinator.restart();
      summary = coordinator.await(RUN, s -> s.phase() == RunPhase.Completed);
      assertThat(target.requests()).isGreaterThan(then);
    } while (TooBusy.says(summary) && ++times < TooBusy.TIMES);
    isWhole(summary);
  }
}
