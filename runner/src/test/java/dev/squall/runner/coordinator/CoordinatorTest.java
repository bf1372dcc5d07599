package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerState.Fault;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Recent;
import dev.squall.runner.results.ResultSink;
import dev.squall.runner.results.RunnerFault;
import dev.squall.runner.results.Totals;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The coordinator's way through a run, on a clock that the test moves. */
class CoordinatorTest {
  private final MovedClock clock = new MovedClock();
  private final List<ScriptedRunner> runners = new ArrayList<>();
  private final Written written = new Written();
  private String spec = "thresholds: [{responseTime: {percentile: 50, below: 20ms}}]\n";
  private TargetProbe target = Optional::empty;

  /** What the coordinator wrote. */
  private static final class Written implements ResultSink {
    private final List<Instant> begun = new ArrayList<>();
    private final List<Integer> intervals = new ArrayList<>();
    private List<RunnerFault> faults = List.of();

    @Override
    public void begin(Instant start, Totals totals, Recent recent) {
      begun.add(start);
      intervals.clear();
    }

    @Override
    public void interval(Snapshot interval, Totals totals, Recent recent) {
      intervals.add(interval.interval());
    }

    @Override
    public void end(Totals totals, double loadSeconds, List<RunnerFault> all) {
      faults = all;
    }
  }

  private ScriptedRunner runner(long offsetNanos, int seconds) {
    ScriptedRunner one =
        new ScriptedRunner("runner-" + runners.size(), clock, offsetNanos, seconds);
    runners.add(one);
    return one;
  }

  private Coordinator coordinator(RunProgress progress) {
    return new Coordinator(
        progress.plan(), List.<RunnerLink>copyOf(runners), target, written, progress, clock);
  }

  private RunProgress progress() {
    return new RunProgress(Plans.plan(runners.size(), "http://target", spec));
  }

  private Summary run() throws IOException, InterruptedException {
    RunProgress progress = progress();
    try (Coordinator coordinator = coordinator(progress)) {
      coordinator.run();
      coordinator.confirmStored();
    }
    return progress.summary();
  }

  /** Requests of a load of so many seconds: 1 + 2 + … */
  private static long requests(int seconds) {
    return seconds * (seconds + 1L) / 2;
  }

  @Test
  void allRunnersSecondsAreMergedAndJudged() throws Exception {
    runner(0, 5);
    runner(7_000_000_000L, 6);
    Summary summary = run();
    assertThat(summary.verdict()).isEqualTo(Verdict.Passed);
    assertThat(summary.reason()).isEqualTo("ThresholdsHeld");
    assertThat(summary.phase()).isEqualTo(RunPhase.Finishing);
    assertThat(summary.requests()).isEqualTo(requests(5) + requests(6));
    assertThat(summary.users()).isEqualTo(10);
    assertThat(summary.milliRequestsPerSecond()).isEqualTo(36_000 / 6);
    assertThat(summary.runners().finished()).isEqualTo(2);
    assertThat(written.intervals).containsExactly(1, 2, 3, 4, 5, 6);
    assertThat(runners).allMatch(r -> r.toldStored);
  }

  @Test
  void aRunnerWhoseLastSecondIsThereHasFinishedThoughItHasNotSaidSo() throws Exception {
    runner(0, 5);
    runner(0, 6).slowToSay = true;
    Summary summary = run();
    assertThat(summary.requests()).isEqualTo(requests(5) + requests(6));
    assertThat(summary.runners().finished()).isEqualTo(2);
  }

  @Test
  void oneStartInstantIsNamedToEachRunnerOnItsOwnClock() throws Exception {
    runner(0, 2);
    runner(7_000_000_000L, 2);
    runner(-3_123_456_789L, 2);
    Summary summary = run();
    List<Long> starts = runners.stream().map(r -> r.startsHeard.getFirst().nanos()).toList();
    assertThat(starts.get(1) - starts.get(0)).isEqualTo(7_000_000_000L);
    assertThat(starts.get(2) - starts.get(0)).isEqualTo(-3_123_456_789L);
    assertThat(summary.startTime())
        .isEqualTo(
            Instant.ofEpochMilli(runners.getFirst().startsHeard.getFirst().epochMillis())
                .toString());
    assertThat(summary.runners().startSkewMicros()).isZero();
    assertThat(summary.runners().startSkewErrorMicros()).isZero();
  }

  @Test
  void runnersThatAreNotReadyInTimeEndTheRunAndNothingIsSent() throws Exception {
    runner(0, 5);
    runner(0, 5).preparing = true;
    spec = "startTimeout: 30s\n";
    Summary summary = run();
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("RunnersNotReady");
    assertThat(summary.message()).contains("is Preparing (3 of 9 connections are open)");
    assertThat(summary.message()).contains("1 of 2", "runner-1 is Preparing", "30 s");
    assertThat(summary.startTime()).isNull();
    assertThat(clock.seconds()).isBetween(30.0, 31.0);
    assertThat(runners).allMatch(r -> r.startsHeard.isEmpty());
    assertThat(runners).allMatch(r -> r.toldStored);
  }

  @Test
  void aTargetThatIsNeverReadyEndsTheRunAndNothingIsSent() throws Exception {
    runner(0, 5);
    spec = "target: {url: 'http://x', readiness: {path: /health, timeout: 10s}}\n";
    target = () -> Optional.of("the target answers 503 to GET /health");
    Summary summary = run();
    assertThat(summary.reason()).isEqualTo("TargetNotReady");
    assertThat(summary.message()).contains("503", "10 s");
    assertThat(runners.getFirst().startsHeard).isEmpty();
  }

  @Test
  void theLoadStartsOnceTheTargetIsReady() throws Exception {
    runner(0, 2);
    spec = "target: {url: 'http://x', readiness: {path: /health}}\n";
    target = () -> clock.seconds() < 4 ? Optional.of("not yet") : Optional.empty();
    assertThat(run().verdict()).isEqualTo(Verdict.Passed);
    assertThat(runners.getFirst().startsHeard.getFirst().nanos())
        .isBetween(5_000_000_000L, 5_500_000_000L);
  }

  @Test
  void aRunnerThatCannotPrepareEndsTheRunAtOnceWithItsOwnReason() throws Exception {
    runner(0, 5);
    runner(0, 5).fault = new Fault("PlanInvalid", "spec.datasets[0]: no such file");
    Summary summary = run();
    assertThat(summary.reason()).isEqualTo("PlanInvalid");
    assertThat(summary.message()).isEqualTo("runner-1: spec.datasets[0]: no such file");
    assertThat(clock.seconds()).isLessThan(1);
  }

  @Test
  void runnersWithDifferentDatasetsDoNotStart() throws Exception {
    runner(0, 5).datasets = List.of(new DatasetDigest("patients", "aa"));
    runner(0, 5).datasets = List.of(new DatasetDigest("patients", "bb"));
    Summary summary = run();
    assertThat(summary.reason()).isEqualTo("DatasetsDiffer");
    assertThat(summary.message()).contains("patients", "runner-0", "runner-1");
    assertThat(runners.getFirst().startsHeard).isEmpty();
  }

  @Test
  void aLostRunnerMakesTheRunInconclusiveAndTheOthersAreCountedInFull() throws Exception {
    runner(0, 40);
    ScriptedRunner lost = runner(0, 40);
    spec = "loads: [{name: all, users: {count: 10, spawnRate: 100}, duration: 40s}]\n";
    clock.at(10.5, () -> lost.reachable = false);
    Summary summary = run();
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("RunnerLost");
    assertThat(summary.message()).contains("1 of 2", "runner-1", "12 s", "Connection refused");
    // The start is at 1 s and the last pull before the loss at 10 s: it holds nine seconds.
    assertThat(summary.requests()).isEqualTo(requests(40) + requests(9));
    assertThat(summary.runners().lost()).isEqualTo(1);
    assertThat(summary.runners().finished()).isEqualTo(1);
    assertThat(written.intervals).hasSize(40).endsWith(40);
    assertThat(written.faults).extracting(RunnerFault::runner).containsExactly("runner-1");
    assertThat(lost.toldStored).isFalse();
  }

  @Test
  void aRunnerThatIsOutOfReachForAWhileLosesNothing() throws Exception {
    runner(0, 40);
    ScriptedRunner gone = runner(0, 40);
    spec = "loads: [{name: all, users: {count: 10, spawnRate: 100}, duration: 40s}]\n";
    clock.at(10.5, () -> gone.reachable = false);
    clock.at(20.5, () -> gone.reachable = true);
    Summary summary = run();
    assertThat(summary.verdict()).isEqualTo(Verdict.Passed);
    assertThat(summary.requests()).isEqualTo(2 * requests(40));
  }

  @Test
  void aRunnerThatForgotItsStartIsLostAndNotStartedAgain() throws Exception {
    runner(0, 20);
    ScriptedRunner anew = runner(0, 20);
    clock.at(5.5, anew::forget);
    Summary summary = run();
    assertThat(summary.reason()).isEqualTo("RunnerLost");
    assertThat(summary.message()).contains("forgot its start");
    assertThat(anew.startsHeard).hasSize(1);
  }

  @Test
  void aCoordinatorThatComesAnewTakesEverythingFromTheFirstSecondAndStartsNothing()
      throws Exception {
    runner(5_000_000_000L, 40);
    runner(0, 40);
    spec = "loads: [{name: all, users: {count: 10, spawnRate: 100}, duration: 40s}]\n";
    for (ScriptedRunner runner : runners) {
      // As an earlier coordinator named it.
      long at = 1_000_000_000L + (runner == runners.getFirst() ? 5_000_000_000L : 0);
      runner.start(new StartOrder(at, 1_795_531_877_000L));
    }
    clock.sleep(17_300_000_000L);
    Summary summary = run();
    assertThat(summary.requests()).isEqualTo(2 * requests(40));
    assertThat(summary.verdict()).isEqualTo(Verdict.Passed);
    assertThat(summary.startTime()).isEqualTo("2026-11-24T14:51:17Z");
    assertThat(written.begun).containsExactly(Instant.parse("2026-11-24T14:51:17Z"));
    assertThat(written.intervals).hasSize(40).startsWith(1, 2, 3);
    assertThat(runners).allMatch(r -> r.startsHeard.size() == 1);
    assertThat(summary.runners().startSkewMicros()).isZero();
  }

  @Test
  void aCoordinatorThatComesAnewAfterTheEndArrivesAtTheSameResult() throws Exception {
    runner(0, 5);
    Summary first = run();
    clock.sleep(60_000_000_000L);
    Summary second = run();
    assertThat(second.requests()).isEqualTo(first.requests());
    assertThat(second.responseTime()).isEqualTo(first.responseTime());
    assertThat(second.startTime()).isEqualTo(first.startTime());
    assertThat(second.verdict()).isEqualTo(first.verdict());
    assertThat(runners.getFirst().startsHeard).hasSize(1);
  }

  @Test
  void aRunnerThatTheEarlierCoordinatorDidNotReachIsToldTheSameStartWhileItLiesAhead()
      throws Exception {
    runner(0, 5);
    runner(2_000_000_000L, 5);
    runners.getFirst().start(new StartOrder(900_000_000L, 1_795_531_876_900L));
    Summary summary = run();
    assertThat(runners.get(1).startsHeard)
        .containsExactly(new StartOrder(2_900_000_000L, 1_795_531_876_900L));
    assertThat(summary.requests()).isEqualTo(2 * requests(5));
    assertThat(summary.verdict()).isEqualTo(Verdict.Passed);
  }

  @Test
  void aRunnerThatTheEarlierCoordinatorDidNotReachInTimeIsLost() throws Exception {
    runner(0, 5);
    runner(0, 5);
    runners.getFirst().start(new StartOrder(900_000_000L, 1_795_531_876_900L));
    clock.sleep(3_000_000_000L);
    Summary summary = run();
    assertThat(runners.get(1).startsHeard).isEmpty();
    assertThat(summary.reason()).isEqualTo("RunnerLost");
    assertThat(summary.requests()).isEqualTo(requests(5));
  }

  @Test
  void aStoppedRunIsAbortedAndWhatWasSentIsCounted() throws Exception {
    runner(0, 40);
    RunProgress progress = progress();
    try (Coordinator coordinator = coordinator(progress)) {
      clock.at(8.2, () -> coordinator.stop(false));
      coordinator.run();
    }
    Summary summary = progress.summary();
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("Aborted");
    // Stopped in its eighth second, or in its ninth if the call came in a little later.
    assertThat(summary.requests()).isIn(requests(8), requests(9));
  }

  @Test
  void aRunThatIsStoppedBeforeItsStartSendsNothing() throws Exception {
    runner(0, 5).preparing = true;
    RunProgress progress = progress();
    try (Coordinator coordinator = coordinator(progress)) {
      clock.at(3, () -> coordinator.stop(true));
      coordinator.run();
    }
    assertThat(progress.summary().reason()).isEqualTo("Aborted");
    assertThat(progress.summary().startTime()).isNull();
    assertThat(clock.seconds()).isLessThan(4);
    assertThat(runners.getFirst().startsHeard).isEmpty();
  }

  @Test
  void aRunnersOwnFaultMakesTheRunInconclusive() throws Exception {
    runner(0, 20);
    ScriptedRunner faulty = runner(0, 20);
    clock.at(5, () -> faulty.fault = new Fault("CoordinatorSilent", "no word for 10 s"));
    Summary summary = run();
    assertThat(summary.reason()).isEqualTo("CoordinatorSilent");
    assertThat(summary.message()).isEqualTo("runner-1: no word for 10 s");
    assertThat(summary.requests()).isEqualTo(2 * requests(20));
  }

  @Test
  void aLoadThatDoesNotEndIsGivenUp() throws Exception {
    runner(0, 5);
    runner(0, 5).hanging();
    Summary summary = run();
    assertThat(summary.reason()).isEqualTo("RunnerLost");
    assertThat(summary.message()).contains("its load did not end");
    // 5 s of load, 2 s of graceful stop, twice 30 s of patience.
    assertThat(clock.seconds()).isBetween(67.0, 71.0);
  }
}
