package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class LivesTest {
  @Test
  void livesLieEvenlyBetweenHalfOfTheLongestAndThat() {
    Lives lives = new Lives(ConnectionSettings.perUser().living(1_000), Duration.ofSeconds(1));
    long[] ages = LongStream.range(0, 50).map(i -> lives.diesAt(7) - 7).sorted().toArray();
    assertThat(ages[0]).isBetween(500L, 520L);
    assertThat(ages[49]).isBetween(980L, 1_000L);
    for (int i = 1; i < ages.length; i++) {
      assertThat(ages[i] - ages[i - 1]).isLessThan(30);
    }
  }

  @Test
  void withoutLimitsNothingEnds() {
    Lives lives = new Lives(ConnectionSettings.perUser(), Duration.ofSeconds(1));
    assertThat(lives.diesAt(5)).isEqualTo(Timers.NEVER);
    assertThat(lives.idleUntil(5)).isEqualTo(Timers.NEVER);
  }

  @Test
  void eventLoopsOfAllRunnersShareANumberExactly() {
    for (int total = 0; total < 40; total++) {
      int sum = 0;
      for (int runner = 0; runner < 3; runner++) {
        for (int loop = 0; loop < 4; loop++) {
          sum += new LoopShare(new Share(runner, 3), new Share(loop, 4)).of(total);
        }
      }
      assertThat(sum).isEqualTo(total);
    }
  }
}
