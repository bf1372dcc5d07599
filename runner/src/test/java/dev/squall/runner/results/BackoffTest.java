package dev.squall.runner.results;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.runner.results.Backoff.TransientException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class BackoffTest {
  private final Backoff backoff =
      new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(4), Duration.ofSeconds(20));
  private final List<Duration> pauses = new ArrayList<>();
  private long now;

  private void run(Backoff.Attempt attempt) throws StoreFailedException, InterruptedException {
    backoff.run(
        attempt,
        () -> now,
        pause -> {
          pauses.add(pause);
          now += pause.toNanos();
        });
  }

  @Test
  void pausesDoubleUpToTheLongestUntilTheTimeIsOver() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw new TransientException("unreachable", new IOException());
                    }))
        .isInstanceOf(StoreFailedException.class)
        .hasMessage("unreachable (tried 7 times in 19 s)");
    assertThat(pauses).extracting(Duration::toSeconds).containsExactly(1L, 2L, 4L, 4L, 4L, 4L);
  }

  @Test
  void successEndsIt() throws Exception {
    run(
        () -> {
          if (pauses.size() < 2) {
            throw new TransientException("unreachable", new IOException());
          }
        });
    assertThat(pauses).hasSize(2);
  }

  @Test
  void whatAnotherTryCannotMendIsNotTriedAgain() {
    assertThatThrownBy(
            () ->
                run(
                    () -> {
                      throw new StoreFailedException("no such bucket");
                    }))
        .hasMessage("no such bucket");
    assertThat(pauses).isEmpty();
  }
}
