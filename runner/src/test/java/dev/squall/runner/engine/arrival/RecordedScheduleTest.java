package dev.squall.runner.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class RecordedScheduleTest {
  private static final long[] LOG = {1_000_500, 1_000_000, 1_000_900, 1_000_900, 1_005_000};

  @Test
  void aReplayBeginsAtOnceInOrderAtItsSpeed() {
    ArrivalSchedule twice = RecordedSchedule.of(LOG, 2);
    assertThat(instants(twice.cursor())).containsExactly(0, 250, 450, 450, 2500);
    assertThat(twice.count()).isEqualTo(5);
    assertThat(twice.endNanos()).isEqualTo(2500);
    assertThat(instants(RecordedSchedule.of(LOG, 0.5).cursor()))
        .containsExactly(0, 1000, 1800, 1800, 10_000);
  }

  @Test
  void sharesAndSeeking() {
    ArrivalCursor share = RecordedSchedule.of(LOG, 1).cursor(1, 2);
    assertThat(instants(share)).containsExactly(500, 900);
    share.seekNanos(501);
    assertThat(share.index()).isEqualTo(3);
    share.seekIndex(0);
    assertThat(share.index()).isEqualTo(1);
    share.seekNanos(901);
    assertThat(share.nanos()).isEqualTo(ArrivalSchedule.NONE);
  }

  @Test
  void aStreamGivesTheSameWithoutHoldingTheRecord() {
    long[] sorted = LOG.clone();
    Arrays.sort(sorted);
    for (int first = 0; first < 3; first++) {
      ArrivalCursor streamed =
          RecordedSchedule.stream(Arrays.stream(sorted).iterator(), 3, first, 3);
      assertThat(instants(streamed))
          .containsExactly(instants(RecordedSchedule.of(LOG, 3).cursor(first, 3)));
    }
    ArrivalCursor streamed = RecordedSchedule.stream(Arrays.stream(sorted).iterator(), 1, 0, 1);
    streamed.seekNanos(600);
    assertThat(streamed.index()).isEqualTo(2);
    assertThatThrownBy(() -> streamed.seekIndex(0)).hasMessageContaining("cannot go back");
  }

  @Test
  void anEmptyRecordAndAWrongUnit() {
    assertThat(RecordedSchedule.of(new long[0], 1).cursor().nanos())
        .isEqualTo(ArrivalSchedule.NONE);
    assertThatThrownBy(() -> RecordedSchedule.of(new long[] {Long.MIN_VALUE, Long.MAX_VALUE}, 1))
        .hasMessageContaining("check the unit");
    assertThatThrownBy(() -> RecordedSchedule.of(LOG, 0)).hasMessageContaining("replay.speed");
  }

  private static long[] instants(ArrivalCursor cursor) {
    long[] seen = new long[10];
    int count = 0;
    while (cursor.nanos() != ArrivalSchedule.NONE) {
      seen[count++] = cursor.nanos();
      cursor.advance();
    }
    return Arrays.copyOf(seen, count);
  }
}
