package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.Verdict;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Times;
import dev.squall.runner.vitals.Machine;
import dev.squall.runner.vitals.Vital;
import dev.squall.runner.vitals.Vitals;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class RunnerLimitsTest {
  private static final long MILLI = 1_000_000;
  private static final long MINUTE = 60_000 * MILLI;
  private static final long FAST = 2_000;
  private static final Machine HALF = new Machine(2, 500L, "tsc");
  private static final Machine FREE = new Machine(2, null, "tsc");

  private final Lag lag = new Lag();
  private final Times lateness = new Times();
  private final Map<Vital, Long> figures = new EnumMap<>(Vital.class);

  private RunnerLimitsTest with(Vital vital, long figure) {
    figures.put(vital, figure);
    return this;
  }

  private RunnerLimitsTest beats(int count, long lateMillis) {
    for (int i = 0; i < count; i++) {
      lag.record(lateMillis * MILLI);
    }
    return this;
  }

  private RunnerLimitsTest requests(int count, long lateMillis) {
    for (int i = 0; i < count; i++) {
      lateness.record(lateMillis * MILLI);
    }
    return this;
  }

  private RunnerLimits on(Machine machine) {
    figures.putIfAbsent(Vital.ELAPSED, MINUTE);
    return new RunnerLimits("runner-3", Vitals.of(figures, lag), lateness, machine);
  }

  private Judgement broken(Machine machine) {
    return inconclusive(on(machine).broken(FAST));
  }

  private static Judgement inconclusive(Optional<Judgement> judged) {
    assertThat(judged).isPresent();
    assertThat(judged.get().verdict()).isEqualTo(Verdict.Inconclusive);
    assertThat(judged.get().message()).contains("runner-3");
    return judged.get();
  }

  @Test
  void aRunnerThatItsLimitStopsIsThrottledAndIsTold() {
    Judgement judged =
        beats(1200, 0)
            .with(Vital.THROTTLED, MINUTE / 10)
            .with(Vital.THROTTLED_PERIODS, 112)
            .with(Vital.LIMIT_PERIODS, 600)
            .broken(HALF);
    assertThat(judged.reason()).isEqualTo("RunnerThrottled");
    assertThat(judged.message())
        .contains("limit of 0.5 CPUs", "10.0 %", "112 of 600", "give runners 1 CPU:")
        .contains("runners.resources", "runners.count");
  }

  @Test
  void aLittleThrottlingIsNamedAsTheCauseWhereItMadeTheRunnerLate() {
    RunnerLimits quick = beats(1200, 1).with(Vital.THROTTLED, MINUTE / 50).on(HALF);
    assertThat(quick.broken(FAST)).isEmpty();
    assertThat(quick.suspect(FAST)).isEmpty();
    assertThat(inconclusive(beats(40, 60).on(HALF).suspect(FAST)).reason())
        .isEqualTo("RunnerThrottled");
  }

  @Test
  void aSingleHiccupOfAShortLoadBreaksNothing() {
    RunnerLimits runner =
        beats(90, 0)
            .beats(10, 500)
            .with(Vital.ELAPSED, 5_000 * MILLI)
            .with(Vital.THROTTLED, 900 * MILLI)
            .on(HALF);
    assertThat(runner.broken(FAST)).isEmpty();
    assertThat(runner.suspect(FAST)).isPresent();
    assertThat(runner.warnings(FAST)).hasSize(1);
  }

  @Test
  void longPausesOfTheCollectorAreTold() {
    Judgement judged =
        beats(1200, 0)
            .with(Vital.COLLECTING, MINUTE / 10)
            .with(Vital.COLLECTIONS, 300)
            .with(Vital.LONGEST_COLLECTION, 45 * MILLI)
            .broken(FREE);
    assertThat(judged.reason()).isEqualTo("RunnerPaused");
    assertThat(judged.message()).contains("300 pauses", "45 ms", "limits.memory");
  }

  @Test
  void aStallOfTheTargetIsNotTheRunnersFault() {
    // One second in ten the target freezes; then 4,000 answers come at once and hold the loop for
    // 60 ms: one or two beats of 200.
    RunnerLimits runner = beats(1_190, 0).beats(10, 60).with(Vital.LOOPS_RAN, MINUTE / 3).on(FREE);
    assertThat(runner.broken(1_000)).isEmpty();
    assertThat(runner.suspect(1_000)).isEmpty();
  }

  @Test
  void moreAskedThanItCanSendIsToldAsSuch() {
    Judgement judged =
        beats(600, 1).beats(600, 180).with(Vital.LOOPS_RAN, MINUTE * 95 / 100).broken(FREE);
    assertThat(judged.reason()).isEqualTo("RunnerLate");
    assertThat(judged.message()).contains("p99 of 180 ms", "busy for 95.0 %", "runners.count");
  }

  @Test
  void requestsThatAreSentLateAreTheRunnersFaultThoughItsLoopsHadTime() {
    RunnerLimits runner = beats(1200, 0).requests(9_000, 0).requests(1_000, 30).on(FREE);
    assertThat(runner.broken(FAST)).isEmpty();
    assertThat(inconclusive(runner.suspect(FAST)).message()).contains("lateness of 30 and 30 ms");
    assertThat(requests(1_000, 400).on(FREE).broken(FAST)).isPresent();
  }

  @Test
  void aBusyNodeIsToldAsSuch() {
    Judgement judged =
        inconclusive(
            beats(1100, 1)
                .beats(100, 30)
                .with(Vital.LOOPS_RAN, MINUTE / 10)
                .with(Vital.LOOPS_WAITED, MINUTE / 5)
                .on(FREE)
                .suspect(FAST));
    assertThat(judged.reason()).isEqualTo("RunnerLate");
    assertThat(judged.message())
        .contains("other work on its node", "20.0 %", "give runners 2 CPUs");
  }

  @Test
  void aHypervisorThatTakesTheCpuIsToldAsSuch() {
    Judgement judged =
        beats(1100, 1)
            .beats(100, 130)
            .with(Vital.STOLEN, MINUTE / 4)
            .with(Vital.MACHINE, 2 * MINUTE)
            .broken(FREE);
    assertThat(judged.reason()).isEqualTo("RunnerLate");
    assertThat(judged.message()).contains("hypervisor", "12.5 %", "runners.template");
  }

  @Test
  void aLagThatIsSmallBesideTheAnswersDoesNotMatter() {
    RunnerLimits runner = beats(1_000, 1).beats(200, 115).on(FREE);
    assertThat(runner.suspect(FAST)).isPresent();
    assertThat(runner.broken(FAST)).isPresent();
    assertThat(runner.suspect(3_000_000)).isEmpty();
    assertThat(runner.broken(3_000_000)).isEmpty();
  }

  @Test
  void fewBeatsProveNothing() {
    // Two seconds, one late beat: a p99 of 40 cannot be told from its maximum.
    assertThat(beats(39, 1).beats(1, 50).on(FREE).suspect(FAST)).isEmpty();
  }

  @Test
  void whatCannotBeReadIsNoTrouble() {
    RunnerLimits runner = new RunnerLimits("runner-0", Vitals.none(), lateness, FREE);
    assertThat(runner.broken(FAST)).isEmpty();
    assertThat(runner.suspect(FAST)).isEmpty();
    assertThat(runner.warnings(FAST)).isEmpty();
  }

  @Test
  void lossPortsTrackingAndClockAreWarnedOf() {
    RunnerLimits runner =
        with(Vital.SEGMENTS, 100_000)
            .with(Vital.RETRANSMITTED, 2_000)
            .with(Vital.PORTS_HELD, 25_000)
            .with(Vital.PORTS, 28_232)
            .with(Vital.TRACKED, 262_000)
            .with(Vital.TRACKABLE, 262_144)
            .on(new Machine(2, null, "hpet"));
    assertThat(runner.broken(FAST)).isEmpty();
    assertThat(runner.warnings(FAST))
        .satisfiesExactly(
            loss -> assertThat(loss).contains("2.0 %"),
            ports -> assertThat(ports).contains("25000 of 28232"),
            tracking -> assertThat(tracking).contains("262000 of 262144"),
            clock -> assertThat(clock).contains("hpet"));
  }

  @Test
  void connectionsThatTheNodeWouldTrackBeyondItsTableAreWarnedOf() {
    // 100,000 a minute are 1,667 a second; the load's minute is shorter than they are tracked.
    with(Vital.OPENED, 100_000).with(Vital.TRACKABLE, 131_072);
    assertThat(on(FREE).warnings(FAST)).isEmpty();
    with(Vital.OPENED, 110_000);
    assertThat(on(FREE).warnings(FAST))
        .singleElement()
        .asString()
        .contains("1833 connections a second", "110000 of the 131072 entries");
    // Twice as long: twice as many, but never more than 120 s of them.
    with(Vital.ELAPSED, 10 * MINUTE).with(Vital.OPENED, 520_000);
    assertThat(on(FREE).warnings(FAST)).isEmpty();
    with(Vital.OPENED, 530_000);
    assertThat(on(FREE).warnings(FAST)).hasSize(1);
    // Where the table is not told, nothing is said.
    figures.remove(Vital.TRACKABLE);
    assertThat(on(FREE).warnings(FAST)).isEmpty();
  }
}
