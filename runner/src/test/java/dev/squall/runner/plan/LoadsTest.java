package dev.squall.runner.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.squall.api.wire.Plan;
import dev.squall.runner.engine.Load;
import dev.squall.runner.engine.Load.Overflow;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import dev.squall.runner.engine.arrival.UserProfile;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LoadsTest {
  private static final long SECOND = 1_000_000_000L;

  private static Plan plan(String loads) {
    return Written.plan(
        """
        apiVersion: squall.dev/v1alpha1
        kind: LoadTest
        metadata: {name: loads}
        spec:
          target: {url: "http://target:8080"}
          loads: [%s]
          scenarios:
            - {name: idle, weight: 0, tasks: [{name: a, tags: [slow], request: {path: /a}}]}
            - {name: buy, tasks: [{name: b, request: {path: /b}}]}
            - {name: look, tasks: [{name: c, request: {path: /c}}]}
          tags: {exclude: [slow]}
        """
            .formatted(loads));
  }

  private static List<Load> loads(String loads) {
    return PlanCompiler.compile(plan(loads), new Sources.Named(Map.of(), Map.of()))
        .workload()
        .loads();
  }

  private static Load load(String load) {
    return loads("{name: one, " + load + "}").getFirst();
  }

  private static ArrivalSchedule schedule(String load) {
    return ((Load.Open) load(load)).schedule();
  }

  @Test
  void eachLoadHasItsOwnTerms() {
    List<Load> loads =
        loads(
            "{name: warm, users: {count: 2}, duration: 5s, warmUp: true},"
                + " {name: surge, arrivals: {rate: 9}, duration: 20s, start: 30s, gracefulStop: 1s,"
                + " scenarios: [idle, look]}");
    assertThat(loads.getFirst().terms())
        .isEqualTo(
            new Load.Terms(
                "warm", 0, OptionalLong.of(5 * SECOND), 30 * SECOND, List.of(), true, false));
    // The scenario that tags leave no task is not among the engine's.
    assertThat(loads.getLast().terms())
        .isEqualTo(
            new Load.Terms(
                "surge",
                30 * SECOND,
                OptionalLong.of(20 * SECOND),
                SECOND,
                List.of(1),
                false,
                false));
  }

  @Test
  void aLoadThatAThresholdNamesIsCountedApart() {
    List<Load> loads =
        PlanCompiler.compile(
                Written.plan(
                    """
                    apiVersion: squall.dev/v1alpha1
                    kind: LoadTest
                    metadata: {name: loads}
                    spec:
                      target: {url: "http://target:8080"}
                      loads:
                        - {name: expected, users: {count: 2}, duration: 5s}
                        - {name: surge, arrivals: {rate: 9}, duration: 2s}
                      scenarios:
                        - {name: look, tasks: [{name: c, request: {path: /c}}]}
                      thresholds:
                        - {load: surge, failureRatio: {below: 0.5}}
                        - {failureRatio: {below: 0.1}}
                    """),
                new Sources.Named(Map.of(), Map.of()))
            .workload()
            .loads();
    assertThat(loads).extracting(one -> one.terms().apart()).containsExactly(false, true);
  }

  @Test
  void usersComeByStagesAndTheStagesEndTheLoad() {
    Load.Closed load =
        (Load.Closed)
            load("users: {stages: [{ramp: {to: 10, duration: 10s}}, {hold: {duration: 20s}}]}");
    assertThat(load.terms().durationNanos()).hasValue(30 * SECOND);
    assertThat(load.users().most()).isEqualTo(10);
    assertThat(load.users().startAfter(4, 0)).isEqualTo(4 * SECOND);
    assertThat(load.users().stopAfter(4, 4 * SECOND)).isEqualTo(UserProfile.NEVER);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "arrivals: {rate: 10}, duration: 30s | 300 | 30",
        "arrivals: {rate: 60, per: Minute}, duration: 30s | 30 | 30",
        "arrivals: {rate: 3600, per: Hour}, iterations: 11 | 11 | 10",
        "arrivals: {rate: 10}, duration: 30s, iterations: 5 | 5 | 0.4",
        // 50 on the way up, 200 on top, 50 on the way down
        "arrivals: {stages: [{ramp: {to: 10, duration: 10s}}, {hold: {duration: 20s}}, {ramp: {to: 0, duration: 10s}}]} | 300 | 40",
        "arrivals: {stages: [{step: {to: 10, duration: 10s}}, {spike: {peak: 30, rise: 1s, hold: 2s, fall: 1s}}]} | 200 | 14",
        "arrivals: {stages: [{sine: {mean: 10, amplitude: 10, period: 10s, duration: 20s}}]} | 200 | 20",
        // 1, then 7 × 3 / ln 8 = 10.1, then 8: the last one is the twentieth
        "arrivals: {stages: [{step: {to: 1, duration: 1s}}, {ramp: {to: 8, duration: 3s, shape: Exponential}}, {hold: {duration: 1s}}]} | 20 | 5"
      })
  void arrivalsFollowRateAndStages(String load, long count, double endSeconds) {
    assertThat(schedule(load).count()).isEqualTo(count);
    assertThat(schedule(load).endNanos() / 1e9).isEqualTo(endSeconds);
  }

  @Test
  void theBoundInFlightAndWhatOverflowsAreTheSpecs() {
    Load.Open waits = (Load.Open) load("arrivals: {rate: 10}, duration: 1s");
    assertThat(waits.maxInFlight()).isEqualTo(1000);
    assertThat(waits.overflow()).isEqualTo(Overflow.WAIT);
    Load.Open drops =
        (Load.Open) load("arrivals: {rate: 10, maxInFlight: 3, overflow: Drop}, duration: 1s");
    assertThat(drops.maxInFlight()).isEqualTo(3);
    assertThat(drops.overflow()).isEqualTo(Overflow.DROP);
  }

  @Test
  void twoRandomLoadsDoNotArriveTogetherAndEachIsTheSameAgain() {
    String poisson = "arrivals: {rate: 10, distribution: Poisson}, duration: 60s}";
    List<Load> loads = loads("{name: a, %s, {name: b, %s".formatted(poisson, poisson));
    List<Load> again = loads("{name: a, %s, {name: b, %s".formatted(poisson, poisson));
    long first = ((Load.Open) loads.getFirst()).schedule().arrivalNanos(7);
    assertThat(((Load.Open) again.getFirst()).schedule().arrivalNanos(7)).isEqualTo(first);
    assertThat(((Load.Open) loads.getLast()).schedule().arrivalNanos(7)).isNotEqualTo(first);
  }

  @Test
  void groupsBeginWithTheirSpanOfTime() {
    ArrivalSchedule schedule = schedule("arrivals: {rate: 2000, grouping: 1ms}, iterations: 5");
    assertThat(LongStream.range(0, 5).map(schedule::arrivalNanos))
        .containsExactly(0L, 0L, 1_000_000L, 1_000_000L, 2_000_000L);
  }

  @Test
  void burstsComeAsGammaSays() {
    double[] gaps = new double[2000];
    ArrivalSchedule schedule =
        schedule("arrivals: {rate: 10, distribution: Gamma, burstiness: 0.25}, iterations: 2001");
    double sum = 0;
    double squares = 0;
    for (int i = 0; i < gaps.length; i++) {
      gaps[i] = schedule.arrivalNanos(i + 1) - schedule.arrivalNanos(i);
      sum += gaps[i];
      squares += gaps[i] * gaps[i];
    }
    double mean = sum / gaps.length;
    double deviation = Math.sqrt(squares / gaps.length - mean * mean);
    // A coefficient of variation of 1/√0.25 = 2; its standard error is about 0.1.
    assertThat(deviation / mean).isBetween(1.6, 2.4);
  }

  @ParameterizedTest
  @CsvSource({
    // MLPerf's own: the least that shows a 90th and a 99th percentile.
    "'scenario: SingleStream', 1, 64",
    "'scenario: MultiStream', 8, 662",
    "'scenario: SingleStream, minQueries: 5', 1, 5",
    "'scenario: MultiStream, samplesPerQuery: 3, percentile: 90', 3, 64"
  })
  void streamsHaveOneQueryAtATime(String loadGen, int samples, long queries) {
    Load.Queries load = (Load.Queries) load("loadGen: {" + loadGen + ", minDuration: 60s}");
    assertThat(load.samplesPerQuery()).isEqualTo(samples);
    assertThat(load.leastQueries()).isEqualTo(queries);
    assertThat(load.leastNanos()).isEqualTo(60 * SECOND);
    assertThat(load.terms().durationNanos()).isEmpty();
  }

  @Test
  void aServerArrivesUntilBothDurationAndQueriesAreMet() {
    // By the rules 270,336 queries, which at 1,000/s take 270 s; then 600 s, 600,000 at that rate.
    ArrivalSchedule byQueries = schedule("loadGen: {scenario: Server, rate: 100}");
    assertThat(byQueries.count()).isEqualTo(270_336);
    ArrivalSchedule byDuration = schedule("loadGen: {scenario: Server, rate: 1000}");
    assertThat(byDuration.endNanos()).isEqualTo(600 * SECOND);
    assertThat(byDuration.count()).isBetween(596_000L, 604_000L);
  }

  @Test
  void offlineArrivesAllAtOnceWithATenthMoreThanExpected() {
    ArrivalSchedule schedule = schedule("loadGen: {scenario: Offline, rate: 100}");
    assertThat(schedule.count()).isEqualTo(66_000);
    assertThat(schedule.endNanos()).isZero();
    assertThat(schedule("loadGen: {scenario: Offline, rate: 1}").count()).isEqualTo(24_576);
    assertThat(
            schedule("loadGen: {scenario: Offline, rate: 1, minDuration: 10s, minQueries: 4}")
                .count())
        .isEqualTo(11);
  }

  @Test
  void moreRunnersThanArrivalsInFlightAreRefused() {
    Plan plan = plan("{name: one, arrivals: {rate: 10, maxInFlight: 2}, duration: 1s}");
    Plan shared =
        new Plan(
            plan.namespace(),
            plan.loadTest(),
            plan.run(),
            plan.runUid(),
            3,
            plan.targetUrl(),
            plan.test());
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(() -> PlanCompiler.compile(shared, new Sources.Named(Map.of(), Map.of())))
        .withMessageContaining("spec.loads[0].arrivals.maxInFlight: is 2, less than the 3 runners");
  }

  @Test
  void aRateThatEndsBeforeTheIterationsHaveComeIsRefused() {
    assertThatExceptionOfType(PlanException.class)
        .isThrownBy(
            () ->
                load(
                    "arrivals: {stages: [{step: {to: 10, duration: 1s}}, {ramp: {to: 0, duration:"
                        + " 1s}}]}, iterations: 100"))
        .withMessageContaining("spec.loads[0]: ")
        .withMessageContaining("lower the count");
  }
}
