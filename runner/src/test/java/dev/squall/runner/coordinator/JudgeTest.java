package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.runner.results.Seconds;
import dev.squall.runner.results.Totals;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class JudgeTest {
  private final Totals totals = new Totals();

  private List<ThresholdResult> judge(String thresholds, double seconds) {
    LoadTestSpec spec = Plans.spec("thresholds:\n" + thresholds.indent(2));
    return Thresholds.judge(spec, totals, seconds);
  }

  private ThresholdResult judge(String threshold) {
    return judge("- " + threshold, 10).getFirst();
  }

  /** So many requests of a series: those given as slow take 300 ms, the others 100 ms. */
  private void requests(String series, int all, int slow, int failed) {
    double[] millis = new double[all];
    Arrays.fill(millis, 100);
    Arrays.fill(millis, 0, slow, 300);
    totals.add(Seconds.of(1, 1).failing(series, "POST", failed, millis).cut());
  }

  @ParameterizedTest
  @CsvSource({
    // The seed's predictions: none slow, few slow, 8 slow is the most that passes at p95 (rank
    // 312).
    "320, 0, Passed",
    "320, 5, Passed",
    "320, 8, Passed",
    "320, 9, Inconclusive",
    // At the percentile's own share nothing is decided.
    "320, 16, Inconclusive",
    // The lower rank is 296: with 25 slow ones it is slow too.
    "320, 24, Inconclusive",
    "320, 25, Failed",
    "320, 320, Failed",
    // 72 are the least that can pass, 71 the most that cannot.
    "72, 0, Passed",
    "71, 0, Inconclusive",
    // One slow request says that the p95 may be slow, not that it is.
    "1, 1, Inconclusive",
    // With few samples all slow it is decided all the same.
    "2, 2, Failed"
  })
  void aPercentileIsJudgedOnItsInterval(int all, int slow, Verdict verdict) {
    requests("predict", all, slow, 0);
    ThresholdResult result = judge("{responseTime: {percentile: 95, below: 200ms}}");
    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.interval()).isNotNull();
    assertThat(result.message() == null).isEqualTo(verdict != Verdict.Inconclusive);
  }

  @Test
  void anUndecidedPercentileNamesTheNumberOfSamplesThatWouldDecide() {
    requests("predict", 71, 0, 0);
    ThresholdResult result = judge("{responseTime: {percentile: 95, below: 200ms}}");
    assertThat(result.message()).contains("71 samples do not decide").contains("about 72");
    assertThat(result.interval()).endsWith("to unbounded");
  }

  @Test
  void aLimitEqualToAValueIsNotBelowIt() {
    requests("predict", 500, 0, 0);
    assertThat(judge("{responseTime: {percentile: 50, below: 100ms}}").verdict())
        .isNotEqualTo(Verdict.Passed);
    assertThat(judge("{responseTime: {statistic: Max, below: 100ms}}").verdict())
        .isEqualTo(Verdict.Failed);
    assertThat(judge("{responseTime: {statistic: Max, below: 101ms}}").verdict())
        .isEqualTo(Verdict.Passed);
  }

  @Test
  void theMeanIsJudgedAsObserved() {
    requests("predict", 4, 2, 0);
    ThresholdResult result = judge("{responseTime: {statistic: Mean, below: 200ms}}");
    assertThat(result.observed()).isEqualTo("200 ms");
    assertThat(result.verdict()).isEqualTo(Verdict.Failed);
    assertThat(judge("{responseTime: {statistic: Mean, below: 201ms}}").verdict())
        .isEqualTo(Verdict.Passed);
  }

  @ParameterizedTest
  @CsvSource({
    "100, 0, Passed",
    // 1 % is not below 1 %.
    "100, 1, Failed",
    "200, 1, Passed",
    "1, 1, Failed"
  })
  void theFailureRatioMustBeBelow(int all, int failed, Verdict verdict) {
    requests("predict", all, 0, failed);
    assertThat(judge("{failureRatio: {below: 0.01}}").verdict()).isEqualTo(verdict);
  }

  @ParameterizedTest
  @CsvSource({"99, Failed", "100, Passed", "101, Passed"})
  void theThroughputMustBeReached(int all, Verdict verdict) {
    requests("predict", all, 0, 0);
    // Over 10 s.
    ThresholdResult result = judge("{throughput: {atLeast: 10}}");
    assertThat(result.verdict()).isEqualTo(verdict);
    assertThat(result.observed()).endsWith("/s");
  }

  @Test
  void streamedAnswersAreJudgedByTheirUnitsAsResponseTimesAre() {
    Seconds second = Seconds.of(1, 1);
    double[] between = new double[100];
    Arrays.fill(between, 20);
    for (int i = 0; i < 100; i++) {
      second.stream("chat", "POST", 80, between);
    }
    totals.add(second.cut());
    requests("other", 1000, 1000, 0);
    assertThat(judge("{timeToFirst: {percentile: 95, below: 100ms}}"))
        .satisfies(
            result -> {
              assertThat(result.verdict()).isEqualTo(Verdict.Passed);
              assertThat(result.name()).isEqualTo("time to first p95 < 100ms");
              assertThat(result.interval()).isNotNull();
            });
    assertThat(judge("{timeToFirst: {percentile: 95, below: 70ms}}").verdict())
        .isEqualTo(Verdict.Failed);
    assertThat(judge("{timeBetween: {percentile: 99.9, below: 25ms}}").verdict())
        .isEqualTo(Verdict.Passed);
    assertThat(judge("{timeBetween: {statistic: Max, below: 20ms}}").verdict())
        .isEqualTo(Verdict.Failed);
    // 100 first events are too few for this percentile; the 10,000 gaps above were not.
    assertThat(judge("{timeToFirst: {percentile: 99.9, below: 100ms}}").verdict())
        .isEqualTo(Verdict.Inconclusive);
    assertThat(judge("{responseTime: {percentile: 50, below: 300ms}}").verdict())
        .isEqualTo(Verdict.Failed);
  }

  @Test
  void aLimitOfUnitsThatNeverCameIsInconclusive() {
    requests("predict", 500, 0, 500);
    for (String threshold :
        List.of(
            "{timeToFirst: {percentile: 95, below: 1s}}",
            "{timeBetween: {statistic: Mean, below: 1s}}")) {
      ThresholdResult result = judge(threshold);
      assertThat(result.verdict()).isEqualTo(Verdict.Inconclusive);
      assertThat(result.message()).contains("streamed");
    }
  }

  @Test
  void withoutARequestTimesAndRatiosAreInconclusiveAndThroughputFails() {
    List<ThresholdResult> results =
        judge(
            """
            - {responseTime: {percentile: 95, below: 200ms}}
            - {responseTime: {statistic: Mean, below: 200ms}}
            - {failureRatio: {below: 0.01}}
            - {throughput: {atLeast: 1}}
            """,
            10);
    assertThat(results)
        .extracting(ThresholdResult::verdict)
        .containsExactly(
            Verdict.Inconclusive, Verdict.Inconclusive, Verdict.Inconclusive, Verdict.Failed);
  }

  @Test
  void aTaskIsJudgedByItself() {
    requests("predict", 400, 400, 0);
    requests("order/pay", 400, 0, 400);
    assertThat(judge("{task: order/pay, responseTime: {percentile: 95, below: 200ms}}").verdict())
        .isEqualTo(Verdict.Passed);
    assertThat(judge("{task: predict, failureRatio: {below: 0.5}}").verdict())
        .isEqualTo(Verdict.Passed);
    assertThat(judge("{failureRatio: {below: 0.5}}").verdict()).isEqualTo(Verdict.Failed);
  }

  private static final String TWO_LOADS =
      """
      loads:
        - {name: expected, users: {count: 2}, duration: 60s}
        - {name: surge, start: 30s, arrivals: {rate: 10}, duration: 20s}
      thresholds:
      """;

  private ThresholdResult ofTwoLoads(String threshold) {
    LoadTestSpec spec = Plans.spec(TWO_LOADS + "  - " + threshold + "\n");
    return Thresholds.judge(spec, totals, 61).getFirst();
  }

  @Test
  void aLoadIsJudgedByItself() {
    double[] slow = new double[400];
    Arrays.fill(slow, 300);
    double[] quick = new double[400];
    Arrays.fill(quick, 100);
    totals.add(
        Seconds.of(40, 1)
            .requests("predict", "POST", quick)
            .load("surge")
            .failing("predict", "POST", 40, slow)
            .failing("order/pay", "POST", 0, quick)
            .cut());
    ThresholdResult surge =
        ofTwoLoads("{load: surge, responseTime: {percentile: 75, below: 200ms}}");
    assertThat(surge.verdict()).isEqualTo(Verdict.Failed);
    assertThat(surge.load()).isEqualTo("surge");
    assertThat(surge.name()).isEqualTo("load surge: p75 < 200ms");
    // Of the whole only a third is slow.
    assertThat(ofTwoLoads("{responseTime: {percentile: 60, below: 200ms}}").verdict())
        .isEqualTo(Verdict.Passed);
    ThresholdResult both =
        ofTwoLoads("{load: surge, task: predict, responseTime: {percentile: 60, below: 200ms}}");
    assertThat(both.verdict()).isEqualTo(Verdict.Failed);
    assertThat(both.name()).isEqualTo("load surge, predict: p60 < 200ms");
    assertThat(ofTwoLoads("{load: surge, failureRatio: {below: 0.04}}").observed())
        .isEqualTo("0.05 (40 of 800)");
    assertThat(ofTwoLoads("{failureRatio: {below: 0.04}}").verdict()).isEqualTo(Verdict.Passed);
    assertThat(totals.series()).hasSize(2).allSatisfy(one -> assertThat(one.load()).isEmpty());
    assertThat(totals.whole().requests()).isEqualTo(1200);
  }

  @ParameterizedTest
  @CsvSource({
    // Started requests for its 20 s, the last answer a moment after: the second 51.
    "51, 50/s",
    "50, 50/s",
    // It ended early: 15 s.
    "45, 66.667/s",
    // Its answers came late: 24 s.
    "54, 41.667/s",
    // Nothing is later than the run's own end, at 61 s.
    "70, 32.258/s"
  })
  void aLoadsThroughputIsOverItsOwnTime(int lastSecond, String observed) {
    double[] millis = new double[1000];
    Arrays.fill(millis, 100);
    totals.add(Seconds.of(lastSecond, 1).load("surge").requests("predict", "POST", millis).cut());
    assertThat(ofTwoLoads("{load: surge, throughput: {atLeast: 45}}").observed())
        .isEqualTo(observed);
  }

  @Test
  void aLoadThatNeverBeganDecidesNothing() {
    requests("predict", 400, 0, 0);
    for (String limit : List.of("throughput: {atLeast: 1}", "failureRatio: {below: 0.1}")) {
      assertThat(ofTwoLoads("{load: surge, " + limit + "}").verdict())
          .isEqualTo(Verdict.Inconclusive);
    }
  }

  @Test
  void aTaskOfStepsIsTheSumOfItsSteps() {
    requests("order/cart", 3, 0, 0);
    requests("order/pay", 4, 0, 2);
    requests("predict", 5, 0, 5);
    TaskSeries tasks = new TaskSeries(Plans.spec(""));
    assertThat(tasks.sum("order", totals.series()).requests()).isEqualTo(7);
    assertThat(tasks.sum("order", totals.series()).failures()).isEqualTo(2);
    assertThat(tasks.sum("order/cart", totals.series()).requests()).isEqualTo(3);
    assertThat(tasks.sum("order", totals.series()).responseTime().count()).isEqualTo(7);
  }

  @Test
  void namesAreMadeFromTheLimitWhereNoneIsGiven() {
    requests("predict", 1, 0, 0);
    assertThat(judge("{task: predict, responseTime: {percentile: 99.9, below: 1.5s}}").name())
        .isEqualTo("predict: p99.9 < 1.5s");
    assertThat(judge("{name: quick, failureRatio: {below: 0.01}}").name()).isEqualTo("quick");
    assertThat(judge("{throughput: {atLeast: 2.5}}").limit()).isEqualTo("throughput >= 2.5/s");
  }

  private static ThresholdResult result(Verdict verdict) {
    return new ThresholdResult("t", null, null, "limit", "observed", null, verdict, null);
  }

  @ParameterizedTest
  @CsvSource(
      nullValues = "-",
      value = {
        // No threshold: completed with a request.
        "1, -, -, Passed, Completed",
        "0, -, -, Inconclusive, NoRequests",
        "1, Passed, Passed, Passed, ThresholdsHeld",
        // A failed threshold outweighs an open one.
        "1, Inconclusive, Failed, Failed, ThresholdBroken",
        "1, Inconclusive, Passed, Inconclusive, TooFewSamples",
        // Without a request there is nothing to fail.
        "0, Failed, -, Inconclusive, NoRequests"
      })
  void theVerdictIsTheWorstThatIsSure(
      long requests, Verdict one, Verdict other, Verdict verdict, String reason) {
    List<ThresholdResult> results =
        Stream.of(Optional.ofNullable(one), Optional.ofNullable(other))
            .flatMap(Optional::stream)
            .map(JudgeTest::result)
            .toList();
    Judgement judgement = Judge.verdict(Optional.empty(), Optional.empty(), results, requests);
    assertThat(judgement.verdict()).isEqualTo(verdict);
    assertThat(judgement.reason()).isEqualTo(reason);
  }

  @Test
  void aBrokenRunIsInconclusiveEvenIfAThresholdFailed() {
    Judgement broken = Judgement.inconclusive("RunnerLost", "runner-1 was lost");
    assertThat(
            Judge.verdict(
                Optional.of(broken),
                Optional.of(new Judgement(Verdict.Failed, "ArrivalsDropped", "many")),
                List.of(result(Verdict.Failed)),
                100))
        .isEqualTo(broken);
  }

  @ParameterizedTest
  @CsvSource({
    // 300 ms is above 200 ms even if 60 of them are the runner's.
    "'{responseTime: {percentile: 50, below: 200ms}}', 60, Failed",
    "'{responseTime: {percentile: 50, below: 200ms}}', 150, Passed",
    "'{responseTime: {statistic: Max, below: 200ms}}', 60, Failed",
    // A lag fails no request, but it sends fewer.
    "'{failureRatio: {below: 0.1}}', 150, Failed",
    "'{throughput: {atLeast: 1000}}', 1, Inconclusive"
  })
  void whatFailsInSpiteOfARunnersLagIsTheTargetsDoing(
      String threshold, long lagMillis, Verdict verdict) {
    requests("predict", 500, 500, 100);
    LoadTestSpec spec = Plans.spec("thresholds: [" + threshold + "]\n");
    assertThat(Thresholds.judge(spec, totals, 10, lagMillis * 1000).getFirst().verdict())
        .isEqualTo(verdict);
  }

  @Test
  void droppedArrivalsCannotPassEvenIfNothingWasSent() {
    Judgement dropped = new Judgement(Verdict.Failed, "ArrivalsDropped", "many");
    assertThat(Judge.verdict(Optional.empty(), Optional.of(dropped), List.of(), 0))
        .isEqualTo(dropped);
    assertThat(
            Judge.verdict(
                Optional.empty(), Optional.of(dropped), List.of(result(Verdict.Passed)), 100))
        .isEqualTo(dropped);
  }
}
