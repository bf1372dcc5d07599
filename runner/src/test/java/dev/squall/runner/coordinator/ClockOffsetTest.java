package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.util.List;
import org.junit.jupiter.api.Test;

class ClockOffsetTest {
  private final MovedClock clock = new MovedClock();

  /** A runner whose calls take these times to it and back, in µs, one pair a call. */
  private ScriptedRunner runner(long offset, long... microsThereAndBack) {
    int[] call = {0};
    return new ScriptedRunner("runner-0", clock, offset, 1) {
      @Override
      public long clock() throws IOException {
        int at = call[0]++ * 2;
        clock.sleep(microsThereAndBack[at] * 1000);
        long answer = super.clock();
        clock.sleep(microsThereAndBack[at + 1] * 1000);
        return answer;
      }
    };
  }

  @Test
  void theExchangeWithTheShortestRoundTripIsKept() throws IOException {
    ClockOffset offset =
        ClockOffset.measure(runner(7_000_000, 500, 500, 20, 20, 900, 900), clock, 3);
    assertThat(offset).isEqualTo(new ClockOffset(7_000_000, 20_000));
  }

  @Test
  void theTruthIsWithinTheErrorHoweverUnevenTheTwoWaysAre() throws IOException {
    for (long there : new long[] {0, 1, 300, 999, 1000}) {
      ClockOffset offset =
          ClockOffset.measure(runner(-3_000_000_000L, there, 1000 - there), clock, 1);
      assertThat(Math.abs(offset.nanos() + 3_000_000_000L))
          .isLessThanOrEqualTo(offset.errorNanos());
    }
  }

  @Test
  void theSkewIsTheLargestDifferenceAndItsErrorThoseOfTheTwoWorst() {
    ClockOffset.Skew skew =
        ClockOffset.skew(
            List.of(1_000_000L, 2_300_000L, 5_000_000L),
            List.of(
                new ClockOffset(0, 10_000),
                new ClockOffset(1_000_000, 30_000),
                new ClockOffset(4_500_000, 20_000)));
    // On the coordinator's clock: 1.0, 1.3 and 0.5 ms.
    assertThat(skew).isEqualTo(new ClockOffset.Skew(800, 50));
  }

  @Test
  void aSingleRunnerHasNone() {
    assertThat(ClockOffset.skew(List.of(5L), List.of(new ClockOffset(1, 1_000_000))))
        .isEqualTo(new ClockOffset.Skew(0, 0));
  }
}
