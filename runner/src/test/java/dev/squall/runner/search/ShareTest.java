package dev.squall.runner.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class ShareTest {
  private static final double CONFIDENCE = 0.99;

  private static Slice slice(long completed, long failed) {
    return new Slice(
        1, completed, completed, failed, 1, 1, List.of(new Slice.Count(failed, completed)));
  }

  private static List<Slice> slices(int count, long completed, long failed) {
    return Collections.nCopies(count, slice(completed, failed));
  }

  private static Finding failures(List<Slice> slices, double allowed) {
    return Share.of(slices, new Objective.FailureRatio(allowed), 0).finding(CONFIDENCE);
  }

  @Test
  void clearMeasurementsDecideAndNarrowOnesDoNot() {
    assertThat(failures(slices(20, 100, 0), 0.01)).isEqualTo(Finding.MEETS);
    assertThat(failures(slices(20, 100, 5), 0.01)).isEqualTo(Finding.MISSES);
    assertThat(failures(slices(20, 100, 1), 0.01)).isEqualTo(Finding.UNDECIDED);
    // 400 without a failure: one in a hundred would show none in 1.8 % of trials: too often.
    assertThat(failures(slices(20, 20, 0), 0.01)).isEqualTo(Finding.UNDECIDED);
    assertThat(failures(slices(20, 24, 0), 0.01)).isEqualTo(Finding.MEETS);
  }

  @Test
  void nothingIsSaidOfTooFewSlicesOrOfNothing() {
    assertThat(failures(slices(9, 1000, 0), 0.01)).isEqualTo(Finding.UNDECIDED);
    assertThat(failures(slices(20, 0, 0), 0.01)).isEqualTo(Finding.UNDECIDED);
  }

  @Test
  void failuresThatComeTogetherCountAsOneEventNotAsMany() {
    // 2.5 % failed of 40,000 is far above 2 % for independent requests; all in one stall it is not.
    List<Slice> stalled = new ArrayList<>(slices(39, 1000, 0));
    stalled.add(20, slice(1000, 1000));
    assertThat(failures(stalled, 0.02)).isEqualTo(Finding.UNDECIDED);
    assertThat(failures(slices(40, 1000, 30), 0.02)).isEqualTo(Finding.MISSES);
  }

  @Test
  void fewBurstsAreNotEnoughToConfirm() {
    // Four stalls of 10 %, seen in 200 s: far below 1 % on the whole, but four events prove little.
    List<Slice> bursts = new ArrayList<>(slices(200, 1000, 0));
    for (int at : List.of(20, 70, 110, 180)) {
      bursts.set(at, slice(1000, 100));
    }
    Share share = Share.of(bursts, new Objective.FailureRatio(0.01), 0);
    assertThat(share.finding(CONFIDENCE, 10)).isEqualTo(Finding.MEETS);
    assertThat(share.finding(CONFIDENCE, 50)).isEqualTo(Finding.UNDECIDED);
  }

  @Test
  void aPercentileIsMetWhenFewEnoughAreSlower() {
    Slice.Count two = new Slice.Count(2, 100);
    List<Slice> slices =
        Collections.nCopies(30, new Slice(1, 100, 100, 0, 1, 1, List.of(two, two)));
    Share p95 = Share.of(slices, new Objective.ResponseTime(95, 200_000), 0);
    Share p99 = Share.of(slices, new Objective.ResponseTime(99, 200_000), 1);
    assertThat(p95.finding(CONFIDENCE)).isEqualTo(Finding.MEETS);
    assertThat(p99.finding(CONFIDENCE)).isEqualTo(Finding.MISSES);
  }

  @Test
  void aBusyQueueIsWronglyCalledMetAtMostAsOftenAsStated() {
    // Just above capacity every "met" is wrong, and the response times are anything but
    // independent.
    int wrong = 0;
    List<Objective.ResponseTime> objective = List.of(new Objective.ResponseTime(95, 20_000));
    double capacity = QueueTarget.capacity(1, 800, objective);
    for (int seed = 0; seed < 300; seed++) {
      QueueTarget target = new QueueTarget(1, 800, objective, seed);
      target.begin(capacity * 1.001, 5);
      TrialResult trial = target.measureOneMore();
      while (trial.slices().size() < 40) {
        trial = target.measureOneMore();
      }
      Share share = Share.of(trial.slices(), objective.getFirst(), 0);
      wrong += share.finding(CONFIDENCE) == Finding.MEETS ? 1 : 0;
    }
    assertThat(wrong).isLessThanOrEqualTo(6);
  }
}
