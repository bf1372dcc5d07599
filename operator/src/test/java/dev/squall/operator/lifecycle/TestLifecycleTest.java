package dev.squall.operator.lifecycle;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.LoadTestStatus;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.operator.Samples;
import dev.squall.operator.accept.Refusal;
import dev.squall.operator.observe.RunSeen;
import dev.squall.operator.observe.TestObservation;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class TestLifecycleTest {
  @Test
  void newContentStartsARun() {
    assertThat(TestLifecycle.decide(lastStarted(null), seen("A")))
        .isEqualTo(new TestDecision.Start());
    assertThat(TestLifecycle.decide(lastStarted("A"), seen("B", completed("r1", 1, "A"))))
        .isEqualTo(new TestDecision.Start());
  }

  @Test
  void theSameContentStartsNothingWhateverItsGeneration() {
    assertThat(TestLifecycle.decide(lastStarted("A"), seen("A", completed("r1", 1, "A"))))
        .isEqualTo(new TestDecision.Rest());
  }

  @Test
  void aDeletedRunIsNotRunAgain() {
    assertThat(TestLifecycle.decide(lastStarted("A"), seen("A")))
        .isEqualTo(new TestDecision.Rest());
  }

  @Test
  void aRevertIsAChange() {
    assertThat(TestLifecycle.decide(lastStarted("B"), seen("A", completed("r2", 2, "B"))))
        .isEqualTo(new TestDecision.Start());
  }

  @Test
  void anOperatorKilledBetweenCreationAndStatusStartsNoSecondRun() {
    assertThat(TestLifecycle.decide(lastStarted(null), seen("A", running("r1", 1, "A"))))
        .isEqualTo(new TestDecision.Rest());
  }

  @Test
  void newContentWaitsForTheRunUnderWay() {
    assertThat(TestLifecycle.decide(lastStarted("A"), seen("B", running("r1", 1, "A"))))
        .isEqualTo(new TestDecision.Wait("r1"));
  }

  @Test
  void itWaitsAlsoForARunMadeByHandThatHasNoStatusYet() {
    RunSeen byHand = new RunSeen("hand", Instant.EPOCH, null, null);

    assertThat(TestLifecycle.decide(lastStarted("A"), seen("B", byHand)))
        .isEqualTo(new TestDecision.Wait("hand"));
  }

  @Test
  void whatMayNotBeRunIsRefusedBeforeAllElse() {
    Refusal refusal = Refusal.certain("InvalidSpec", "why");
    TestObservation seen = new TestObservation(1, "A", Optional.of(refusal), List.of());

    assertThat(TestLifecycle.decide(lastStarted(null), seen))
        .isEqualTo(new TestDecision.Refuse(refusal));
  }

  @Test
  void historyKeepsTheLastPassedAndTheLastOthersApart() {
    List<RunSeen> runs =
        List.of(
            running("now", 9, "A"),
            completed("failed-8", 8, "A", Verdict.Failed),
            completed("passed-7", 7, "A", Verdict.Passed),
            completed("unsure-6", 6, "A", Verdict.Inconclusive),
            completed("passed-5", 5, "A", Verdict.Passed),
            completed("passed-4", 4, "A", Verdict.Passed));

    assertThat(
            TestLifecycle.excess(
                Samples.spec(
                    Samples.PLAIN
                        .replace("successfulRunsHistoryLimit: 3", "successfulRunsHistoryLimit: 2")
                        .replace("failedRunsHistoryLimit: 3", "failedRunsHistoryLimit: 1")),
                runs))
        .containsExactly("passed-4", "unsure-6");
  }

  private static TestObservation seen(String hash, RunSeen... runs) {
    return new TestObservation(2, hash, Optional.empty(), List.of(runs));
  }

  private static LoadTestStatus lastStarted(@Nullable String hash) {
    return new LoadTestStatus(1L, null, null, null, hash, null, List.of(), List.of());
  }

  private static RunSeen running(String name, long created, String hash) {
    return run(name, created, hash, RunPhase.Running, null);
  }

  private static RunSeen completed(String name, long created, String hash) {
    return completed(name, created, hash, Verdict.Passed);
  }

  private static RunSeen completed(String name, long created, String hash, Verdict verdict) {
    return run(name, created, hash, RunPhase.Completed, verdict);
  }

  private static RunSeen run(
      String name, long created, String hash, RunPhase phase, @Nullable Verdict verdict) {
    return new RunSeen(
        name,
        Instant.ofEpochSecond(created),
        hash,
        new LoadTestRunStatus(
            1L, phase, verdict, null, null, null, null, 0, null, 0, 0, 0, 0, 0, 0, null, List.of(),
            null, null, List.of(), 0, List.of(), List.of(), List.of(), null, null, null, List.of(),
            List.of()));
  }
}
