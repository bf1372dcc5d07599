package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerState.StartOrder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/** An answer that was given before the start and comes after it. */
class StaleAnswerTest {
  private final MovedClock clock = new MovedClock();

  @Test
  void anAnswerFromBeforeTheStartDoesNotDenyIt() throws Exception {
    CountDownLatch held = new CountDownLatch(1);
    CountDownLatch given = new CountDownLatch(1);
    ScriptedRunner slow =
        new ScriptedRunner("runner-0", clock, 0, 5) {
          private int pulls;

          @Override
          public Pull pull(int fromInterval, int most) throws IOException {
            Pull answer = super.pull(fromInterval, most);
            if (++pulls == 2) {
              given.countDown();
              try {
                held.await();
              } catch (InterruptedException e) {
                throw new IOException(e);
              }
            }
            return answer;
          }
        };
    try (RunnerPool pool = new RunnerPool(List.<RunnerLink>of(slow), clock)) {
      pool.pull();
      // The second answer is held up until the start was taken.
      pool.pull();
      given.await();
      StartOrder order = new StartOrder(clock.nanos(), 0);
      slow.start(order);
      pool.runners().getFirst().started(order);
      held.countDown();
      pool.pull();
      pool.loseSilent();
      assertThat(pool.runners().getFirst().lost()).isEmpty();
      assertThat(pool.runners().getFirst().start()).contains(order);
    }
  }
}
