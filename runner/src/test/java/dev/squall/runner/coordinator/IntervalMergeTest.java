package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Seconds;
import dev.squall.runner.results.Totals;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class IntervalMergeTest {
  private static Seconds second(int k, int users) {
    return Seconds.of(k, users).requests("a", "GET", k, 2 * k);
  }

  private static List<Integer> numbers(List<Snapshot> drained) {
    return drained.stream().map(Snapshot::interval).toList();
  }

  @Test
  void anIntervalIsGivenOutOnceEveryRunnerHasDeliveredIt() {
    IntervalMerge merge = new IntervalMerge(2);
    merge.add(0, second(1, 3).cut());
    merge.add(0, second(2, 3).cut());
    assertThat(merge.drain()).isEmpty();
    merge.add(1, second(1, 4).cut());
    List<Snapshot> drained = merge.drain();
    assertThat(numbers(drained)).containsExactly(1);
    assertThat(drained.getFirst().users()).isEqualTo(7);
    assertThat(drained.getFirst().requests()).isEqualTo(4);
    assertThat(merge.drain()).isEmpty();
  }

  @Test
  void whatIsDeliveredAgainCountsOnce() {
    IntervalMerge merge = new IntervalMerge(1);
    merge.add(0, second(1, 3).cut());
    merge.add(0, second(1, 3).cut());
    merge.drain();
    merge.add(0, second(1, 3).cut());
    assertThat(merge.drain()).isEmpty();
    assertThat(merge.next(0)).isEqualTo(2);
  }

  @Test
  void aGapIsRefused() {
    IntervalMerge merge = new IntervalMerge(1);
    assertThatThrownBy(() -> merge.add(0, second(2, 3).cut()))
        .isInstanceOf(IllegalStateException.class);
  }

  @Test
  void aRunnerThatEndedEarlierIsNotWaitedFor() {
    IntervalMerge merge = new IntervalMerge(2);
    merge.add(0, second(1, 3).last().cut());
    merge.add(1, second(1, 3).cut());
    merge.add(1, second(2, 3).cut());
    assertThat(numbers(merge.drain())).containsExactly(1, 2);
    assertThat(merge.done(0)).isTrue();
  }

  @Test
  void whatALostRunnerDeliveredCountsAndTheOthersGoOn() {
    IntervalMerge merge = new IntervalMerge(3);
    for (int runner = 0; runner < 3; runner++) {
      merge.add(runner, second(1, 1).cut());
    }
    merge.add(0, second(2, 1).cut());
    merge.add(1, second(2, 1).cut());
    merge.add(1, second(3, 1).cut());
    assertThat(numbers(merge.drain())).containsExactly(1);
    merge.giveUp(2);
    merge.giveUp(1);
    // Runner 1 had delivered up to 3 before it was lost; runner 0 is still awaited for 3.
    List<Snapshot> drained = merge.drain();
    assertThat(numbers(drained)).containsExactly(2);
    assertThat(drained.getFirst().requests()).isEqualTo(4);
    merge.giveUp(0);
    assertThat(numbers(merge.drain())).containsExactly(3);
  }

  @Test
  void mergedInAnyOrderTheSumIsThatOfOneRecorder() {
    Random random = new Random(11);
    Totals truth = new Totals();
    List<List<Snapshot>> runners = new ArrayList<>();
    for (int runner = 0; runner < 7; runner++) {
      List<Snapshot> mine = new ArrayList<>();
      int last = 20 + random.nextInt(10);
      for (int k = 1; k <= last; k++) {
        Seconds second = Seconds.of(k, 1).interrupted(k == last ? 1 : 0);
        second.requests("a", "GET", random.doubles(20).map(d -> d * 1000).toArray());
        second.requests("b/" + random.nextInt(3), "POST", 1, 5);
        second.failure("a", "GET", FailureKind.RESET, "reset", 1 + random.nextInt(3));
        Snapshot cut = k == last ? second.last().cut() : second.cut();
        mine.add(cut);
        truth.add(cut);
      }
      runners.add(mine);
    }
    IntervalMerge merge = new IntervalMerge(7);
    Totals merged = new Totals();
    int[] next = new int[7];
    for (int step = 0; step < 10_000; step++) {
      int runner = random.nextInt(7);
      if (next[runner] < runners.get(runner).size()) {
        merge.add(runner, runners.get(runner).get(next[runner]++));
      }
      merge.drain().forEach(merged::add);
    }
    assertThat(merged.interrupted()).isEqualTo(truth.interrupted()).isEqualTo(7);
    assertThat(merged.failures()).isEqualTo(truth.failures());
    assertThat(merged.series()).hasSameSizeAs(truth.series());
    for (int i = 0; i < merged.series().size(); i++) {
      assertThat(merged.series().get(i).responseTime().histogram())
          .isEqualTo(truth.series().get(i).responseTime().histogram());
      assertThat(merged.series().get(i).responseTime().sumNanos())
          .isEqualTo(truth.series().get(i).responseTime().sumNanos());
      assertThat(merged.series().get(i).requests()).isEqualTo(truth.series().get(i).requests());
    }
  }
}
