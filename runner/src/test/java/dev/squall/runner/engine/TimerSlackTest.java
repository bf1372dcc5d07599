package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class TimerSlackTest {
  private static boolean forgoes(boolean now, int turnsPerSecond) {
    return TimerSlack.forgoes(now, TimeUnit.SECONDS.toNanos(TimerSlack.TURNS) / turnsPerSecond);
  }

  @Test
  void aLoopThatSeldomWakesUpDoesSoOnTime() {
    assertThat(forgoes(true, 4_000)).isTrue();
    assertThat(forgoes(false, 4_000)).isTrue();
  }

  @Test
  void aLoopThatOftenWakesUpSharesItsTurns() {
    assertThat(forgoes(true, 20_000)).isFalse();
    assertThat(forgoes(false, 20_000)).isFalse();
  }

  @Test
  void inBetweenItStaysAsItIsSinceSharedTurnsAreFewer() {
    assertThat(forgoes(true, 8_500)).isTrue();
    assertThat(forgoes(false, 8_500)).isFalse();
  }
}
