package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Recent;
import dev.squall.runner.results.ResultSink;
import dev.squall.runner.results.RunnerFault;
import dev.squall.runner.results.Totals;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A search whose coordinator is killed, on a clock that the test moves. */
class ResumedSearchTest {
  private static final String CAPACITY =
      """
      loads: [{name: all, arrivals: {rate: 1}, duration: 1s}]
      thresholds: [{responseTime: {percentile: 95, below: 200ms}}]
      capacity: {rate: {from: 20, to: 1000}, precision: 0.25, settle: 3s, trial: 30s, confirm: 30s, atMost: 30m}
      """;
  private static final String SWEEP =
      """
      loads: [{name: all, arrivals: {rate: 1}, duration: 1s}]
      sweep: {rates: [40, 60, 90], settle: 3s, window: 5s}
      """;

  private static final ResultSink NOWHERE =
      new ResultSink() {
        @Override
        public void begin(Instant start, Totals totals, Recent recent) {}

        @Override
        public void interval(Snapshot interval, Totals totals, Recent recent) {}

        @Override
        public void end(Totals totals, double loadSeconds, List<RunnerFault> all) {}
      };

  /** The process is gone. */
  private static final class Killed extends RuntimeException {
    private static final long serialVersionUID = 1;
  }

  /** Two runners and the coordinators that come one after another. */
  private static final class Stage {
    private final MovedClock clock = new MovedClock();
    private final List<SearchingRunner> runners =
        List.of(new SearchingRunner("runner-0", clock), new SearchingRunner("runner-1", clock));
    private final String spec;

    Stage(String spec) {
      this.spec = spec;
    }

    Summary run() throws Exception {
      RunProgress progress = new RunProgress(Plans.plan(2, "http://target", spec));
      List<RunnerLink> links = List.copyOf(runners);
      try (Coordinator coordinator =
          new Coordinator(progress.plan(), links, Optional::empty, NOWHERE, progress, clock)) {
        coordinator.run();
        coordinator.confirmStored();
      }
      return progress.summary();
    }

    void runUntilKilled(double seconds) {
      clock.at(
          seconds,
          () -> {
            throw new Killed();
          });
      assertThatThrownBy(this::run).isInstanceOf(Killed.class);
    }

    long sent() {
      return runners.stream().mapToLong(r -> r.sent).sum();
    }

    List<StartOrder> starts() {
      return runners.getFirst().startsHeard;
    }
  }

  private static Trial trial(StartOrder order) {
    return Objects.requireNonNull(order.trial());
  }

  private static List<LevelResult> levels(Summary summary) {
    return summary.capacity() == null ? summary.sweep() : summary.capacity().curve();
  }

  private static void same(Summary resumed, Summary whole) {
    assertThat(resumed.verdict()).as(resumed.message()).isEqualTo(Verdict.Passed);
    assertThat(resumed.message()).isEqualTo(whole.message());
    assertThat(resumed.startTime()).isEqualTo(whole.startTime());
    assertThat(levels(resumed)).isEqualTo(levels(whole));
  }

  @ParameterizedTest
  @ValueSource(strings = {CAPACITY, SWEEP})
  void killedInEachTrialAndSoonBackItsTrialsGoOn(String spec) throws Exception {
    Stage undisturbed = new Stage(spec);
    Summary whole = undisturbed.run();
    assertThat(whole.verdict()).as(whole.message()).isEqualTo(Verdict.Passed);
    assertThat(undisturbed.starts()).hasSizeGreaterThanOrEqualTo(3);
    assertThat(whole.requests()).isEqualTo(undisturbed.sent());
    // Told and not begun, settling, measured.
    double[] after = {-0.8, 1.5, 8.5};
    for (StartOrder start : undisturbed.starts()) {
      Stage stage = new Stage(spec);
      double at = start.nanos() / 1e9 + after[trial(start).number() % after.length];
      stage.runUntilKilled(at);
      stage.clock.sleep(3_000_000_000L);
      Summary resumed = stage.run();
      same(resumed, whole);
      assertThat(stage.starts()).as("killed at %s s", at).hasSameSizeAs(undisturbed.starts());
      assertThat(resumed.requests()).as("killed at %s s", at).isEqualTo(stage.sent());
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {CAPACITY, SWEEP})
  void killedInEachTrialAndLongAwayTheTrialIsTriedAgain(String spec) throws Exception {
    Stage undisturbed = new Stage(spec);
    Summary whole = undisturbed.run();
    for (StartOrder start : undisturbed.starts()) {
      Stage stage = new Stage(spec);
      stage.runUntilKilled(start.nanos() / 1e9 + 1.5);
      stage.clock.sleep(40_000_000_000L);
      Summary resumed = stage.run();
      same(resumed, whole);
      assertThat(resumed.requests()).isEqualTo(stage.sent());
      assertThat(stage.starts()).hasSize(undisturbed.starts().size() + 1);
      List<Integer> numbers = stage.starts().stream().map(s -> trial(s).number()).toList();
      assertThat(numbers).isSorted().contains(trial(start).number());
      assertThat(numbers.stream().filter(n -> n == trial(start).number())).hasSize(2);
    }
  }

  @Test
  void killedAgainAndAgainItArrivesAtTheSameAnswer() throws Exception {
    Summary whole = new Stage(CAPACITY).run();
    Stage stage = new Stage(CAPACITY);
    for (int n = 1; n <= 6; n++) {
      stage.runUntilKilled(stage.clock.seconds() + 11.3);
      // Every third time it is away for so long that the runners end their trial.
      stage.clock.sleep(n % 3 == 0 ? 15_000_000_000L : 2_500_000_000L);
    }
    Summary resumed = stage.run();
    same(resumed, whole);
    assertThat(resumed.requests()).isEqualTo(stage.sent());
  }

  @Test
  void aTrialThatNotAllRunnersWereToldIsTriedAgain() throws Exception {
    Stage stage = new Stage(CAPACITY);
    Summary whole = new Stage(CAPACITY).run();
    stage.runUntilKilled(8);
    SearchingRunner first = stage.runners.getFirst();
    SearchingRunner second = stage.runners.get(1);
    second.endTrial(1);
    first.endTrial(1);
    int after = 20;
    long nanos = trial(first.startsHeard.getFirst()).afterInterval() + 21_000_000_000L;
    first.start(
        new StartOrder(
            nanos,
            first.startsHeard.getFirst().epochMillis() + 20_000,
            new Trial(1, 20, 93, after)));
    stage.clock.sleep(17_000_000_000L);
    Summary resumed = stage.run();
    same(resumed, whole);
    assertThat(resumed.requests()).isEqualTo(stage.sent());
  }

  @Test
  void aSearchThatWouldOfferAnotherLevelNowEndsAndIsCounted() throws Exception {
    Stage stage = new Stage(CAPACITY);
    for (SearchingRunner runner : stage.runners) {
      runner.start(new StartOrder(1_000_000_000L, 1_795_531_877_000L, new Trial(1, 77, 93, 0)));
    }
    stage.clock.sleep(5_300_000_000L);
    Summary summary = stage.run();
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("SearchInterrupted");
    assertThat(summary.message()).contains("trial 1");
    assertThat(summary.requests()).isEqualTo(stage.sent());
  }

  @Test
  void theThroughputOfASearchIsOverTheWholeSearch() throws Exception {
    Summary summary = new Stage(SWEEP).run();
    double seconds = summary.requests() * 1000.0 / summary.milliRequestsPerSecond();
    assertThat(seconds).isBetween(3 * 18.0, 3 * 40.0);
  }
}
