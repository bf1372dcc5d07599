package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Summary;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Recent;
import dev.squall.runner.results.ResultSink;
import dev.squall.runner.results.RunnerFault;
import dev.squall.runner.results.Totals;
import dev.squall.runner.vitals.Vital;
import dev.squall.runner.vitals.Vitals;
import java.io.IOException;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** What becomes of a run whose runners had trouble of their own, on a clock that the test moves. */
class ValidityTest {
  private static final long SECOND = 1_000_000_000;
  private static final ResultSink NOWHERE =
      new ResultSink() {
        @Override
        public void begin(Instant start, Totals totals, Recent recent) {}

        @Override
        public void interval(Snapshot interval, Totals totals, Recent recent) {}

        @Override
        public void end(Totals totals, double loadSeconds, List<RunnerFault> faults) {}
      };

  private final MovedClock clock = new MovedClock();
  private final ScriptedRunner well = new ScriptedRunner("runner-0", clock, 0, 20);
  private ScriptedRunner ill = new ScriptedRunner("runner-1", clock, 0, 20);

  /** Answers take 10 ms. */
  private Summary run(String thresholds) throws IOException, InterruptedException {
    RunProgress progress =
        new RunProgress(Plans.plan(2, "http://target", "thresholds: [" + thresholds + "]\n"));
    try (Coordinator coordinator =
        new Coordinator(
            progress.plan(),
            List.<RunnerLink>of(well, ill),
            Optional::empty,
            NOWHERE,
            progress,
            clock)) {
      coordinator.run();
    }
    return progress.summary();
  }

  /** Each second of a runner: stopped for so long, and its 20 beats so late. */
  private static Vitals second(long throttledMillis, long... lateMillis) {
    Lag lag = new Lag();
    for (int beat = 0; beat < 20; beat++) {
      lag.record(beat < lateMillis.length ? lateMillis[beat] * 1_000_000 : 50_000);
    }
    return Vitals.of(
        Map.of(
            Vital.ELAPSED,
            SECOND,
            Vital.THROTTLED,
            throttledMillis * 1_000_000,
            Vital.LOOPS_RAN,
            SECOND / 2),
        lag);
  }

  @Test
  void aThrottledRunnerMakesTheRunInconclusiveWhateverItsThresholdsSay() throws Exception {
    ill.vitals = second(400);
    Summary summary = run("{responseTime: {percentile: 50, below: 20ms}}");
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("RunnerThrottled");
    assertThat(summary.message()).contains("runner-1", "40.0 %");
    assertThat(summary.thresholds().getFirst().verdict()).isEqualTo(Verdict.Passed);
    assertThat(summary.validity().runners().getFirst().name()).isEqualTo("runner-1");
    assertThat(summary.validity().runners().getFirst().throttledMicros()).isEqualTo(8_000_000);
  }

  @Test
  void aThresholdThatHeldInSpiteOfSomeLagHeld() throws Exception {
    ill.vitals = second(0, 40);
    Summary summary = run("{responseTime: {percentile: 50, below: 20ms}}");
    assertThat(summary.verdict()).isEqualTo(Verdict.Passed);
    assertThat(summary.validity().warnings())
        .satisfiesExactly(w -> assertThat(w).contains("runner-1", "p99 of 40 ms"));
  }

  @Test
  void aThresholdThatTheRunnersOwnLagMayHaveBrokenIsNotTheTargets() throws Exception {
    ill.vitals = second(0, 40);
    Summary summary = run("{responseTime: {percentile: 50, below: 5ms}}");
    assertThat(summary.verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(summary.reason()).isEqualTo("RunnerLate");
    assertThat(summary.thresholds().getFirst().verdict()).isEqualTo(Verdict.Failed);
  }

  @Test
  void aLagWithinItsLimitExplainsNothing() throws Exception {
    ill.vitals = second(0, 8);
    assertThat(run("{responseTime: {percentile: 50, below: 5ms}}").verdict())
        .isEqualTo(Verdict.Failed);
  }

  @Test
  void startsThatLieFarApartMakeTheRunInconclusive() throws Exception {
    ill =
        new ScriptedRunner("runner-1", clock, 0, 20) {
          private boolean told;

          @Override
          public void start(StartOrder order) throws IOException {
            told = true;
            super.start(order);
          }

          /** After the start its clock stands 300 ms further than it said. */
          @Override
          public long clock() throws IOException {
            return super.clock() + (told ? 300_000_000 : 0);
          }
        };
    Summary summary = run("");
    assertThat(summary.reason()).isEqualTo("StartSkewed");
    assertThat(summary.message()).contains("300 ms apart");
    assertThat(summary.runners().startSkewMicros()).isEqualTo(300_000);
  }
}
