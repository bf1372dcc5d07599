package dev.squall.runner.engine.arrival;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class GroupedScheduleTest {
  private static final long SPAN = 1_000_000;

  static Stream<ArrivalSchedule> schedules() {
    RateProfile rate = new RateProfile(LoadProfile.constant(2_000), Per.SECOND);
    Bounds bounds = new Bounds(1_500_300_000L, Bounds.NONE, false);
    return Stream.of(
        RateSchedule.of(new Arrivals.Regular(), rate, bounds, 7),
        RateSchedule.of(new Arrivals.Poisson(false), rate, bounds, 7),
        RateSchedule.of(new Arrivals.Gamma(0.3, false), rate, bounds, 7),
        RecordedSchedule.of(new long[] {0, 1, 999_999, SPAN, SPAN, 7 * SPAN + 1}, 1));
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void eachArrivalBeginsWithItsSpan(ArrivalSchedule each) {
    ArrivalSchedule grouped = new GroupedSchedule(each, SPAN);
    ArrivalCursor its = each.cursor();
    ArrivalCursor cursor = grouped.cursor();
    for (long i = 0; i < each.count(); i++) {
      assertThat(cursor.index()).isEqualTo(i);
      assertThat(cursor.nanos()).isEqualTo(its.nanos() / SPAN * SPAN);
      its.advance();
      cursor.advance();
    }
    assertThat(cursor.nanos()).isEqualTo(ArrivalSchedule.NONE);
    assertThat(grouped.count()).isEqualTo(each.count());
    assertThat(grouped.endNanos()).isEqualTo(each.endNanos());
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void sharesAreTheWholeWhereverTheyBegin(ArrivalSchedule each) {
    ArrivalSchedule grouped = new GroupedSchedule(each, SPAN);
    for (int runners = 1; runners <= 3; runners++) {
      for (int runner = 0; runner < runners; runner++) {
        ArrivalCursor share = grouped.cursor(runner, runners);
        for (; share.nanos() != ArrivalSchedule.NONE; share.advance()) {
          assertThat(share.nanos()).isEqualTo(grouped.arrivalNanos(share.index()));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("schedules")
  void seekingAnInstantFindsTheFirstThatIsNotBeforeIt(ArrivalSchedule each) {
    ArrivalSchedule grouped = new GroupedSchedule(each, SPAN);
    ArrivalCursor sought = grouped.cursor();
    for (long at : new long[] {0, 1, SPAN - 1, SPAN, SPAN + 1, 2 * SPAN, 7 * SPAN, 7 * SPAN + 1}) {
      ArrivalCursor walked = grouped.cursor();
      while (walked.nanos() < at) {
        walked.advance();
      }
      sought.seekNanos(at);
      assertThat(sought.index()).as("from %d ns", at).isEqualTo(walked.index());
    }
  }

  @Test
  void aSpanLasts() {
    ArrivalSchedule none = RecordedSchedule.of(new long[0], 1);
    assertThatThrownBy(() -> new GroupedSchedule(none, 0)).hasMessageContaining("grouping");
  }
}
