package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerState.StartOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is asked of runners, and what is made of their answers. */
class RunnerPoolTest {
  private static final long SECOND = 1_000_000_000L;

  private final MovedClock clock = new MovedClock();

  private ScriptedRunner started(ScriptedRunner runner) throws IOException {
    runner.start(new StartOrder(clock.nanos(), 0));
    return runner;
  }

  @Test
  void aRunnerThatIsFarAheadOfAnotherIsAskedForNothingMoreAndIsNotLost() throws Exception {
    List<Integer> asked = new ArrayList<>();
    ScriptedRunner slow = started(new ScriptedRunner("runner-0", clock, 0, 100));
    ScriptedRunner fast =
        started(
            new ScriptedRunner("runner-1", clock, 0, 100) {
              @Override
              public Pull pull(int fromInterval, int most) throws IOException {
                asked.add(most);
                return super.pull(fromInterval, most);
              }
            });
    slow.reachable = false;
    try (RunnerPool pool = new RunnerPool(List.<RunnerLink>of(slow, fast), clock)) {
      clock.sleep(60 * SECOND);
      pool.pull();
      while (pool.behind()) {
        pool.pullBehind();
      }
      int next = pool.merge().next(1);
      assertThat(next).isBetween(20, 40);
      clock.sleep(20 * SECOND);
      pool.pull();
      assertThat(asked.getLast()).isZero();
      assertThat(pool.merge().next(1)).isEqualTo(next);
      pool.loseSilent();
      assertThat(pool.runners().get(0).lost()).isPresent();
      assertThat(pool.runners().get(1).lost()).isEmpty();
      // Nothing waits for the lost one any more.
      pool.merge().drain();
      pool.pull();
      assertThat(pool.merge().next(1)).isGreaterThan(next);
    }
  }

  @Test
  void anAnswerThatIsNoSecondIsAProblemOfItsRunnerAndInTheEndItsLoss() throws Exception {
    ScriptedRunner broken =
        started(
            new ScriptedRunner("runner-0", clock, 0, 100) {
              @Override
              public Pull pull(int fromInterval, int most) throws IOException {
                return new Pull(super.pull(fromInterval, most).state(), List.of(new byte[] {7}));
              }
            });
    try (RunnerPool pool = new RunnerPool(List.<RunnerLink>of(broken), clock)) {
      clock.sleep(20 * SECOND);
      pool.pull();
      assertThat(pool.runners().getFirst().problem()).contains("no second");
      assertThat(pool.behind()).isFalse();
      pool.loseSilent();
      assertThat(pool.runners().getFirst().lost().orElse("")).contains("no second");
    }
  }
}
