package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.RunValidity;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerState.StartOrder;
import java.io.IOException;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ClocksTest {
  private final MovedClock clock = new MovedClock();
  private final AtomicInteger asked = new AtomicInteger();
  private RunnerPool pool = new RunnerPool(List.of(), clock);

  /** Clocks of runners; the second one's gains so many ns a second. */
  private Clocks clocks(long gains) throws IOException, InterruptedException {
    List<RunnerLink> links =
        List.of(new ScriptedRunner("runner-0", clock, 0, 9_999), drifting(gains));
    pool = new RunnerPool(links, clock);
    for (RunnerLink link : links) {
      link.start(new StartOrder(link.clock(), 0));
    }
    pool.pull();
    return new Clocks(pool, clock);
  }

  private ScriptedRunner drifting(long gains) {
    return new ScriptedRunner("runner-1", clock, 5_000_000, 9_999) {
      @Override
      public long clock() throws IOException {
        asked.incrementAndGet();
        return super.clock() + (long) (gains * clock.seconds());
      }
    };
  }

  @AfterEach
  void end() {
    pool.close();
  }

  private static void compare(Clocks clocks, int measurements) throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (measured(clocks) < measurements) {
      assertThat(System.nanoTime()).isLessThan(deadline);
      clocks.tick();
    }
    assertThat(measured(clocks)).isEqualTo(measurements);
  }

  private static int measured(Clocks clocks) {
    return clocks.report().map(RunValidity.Clocks::measurements).orElse(0);
  }

  @Test
  void clocksAreComparedAtTheStartAndEveryMinute() throws Exception {
    Clocks clocks = clocks(0);
    assertThat(clocks.report()).isEmpty();
    compare(clocks, 1);
    int once = asked.get();
    clock.sleep(TimeUnit.SECONDS.toNanos(59));
    clocks.tick();
    assertThat(asked).hasValue(once);
    clock.sleep(TimeUnit.SECONDS.toNanos(1));
    compare(clocks, 2);
    assertThat(asked).hasValue(2 * once - 1);
    assertThat(clocks.report().orElseThrow()).isEqualTo(new RunValidity.Clocks(2, 0, 0, 0L, 0L));
  }

  @Test
  void aClockThatGainsIsMeasuredAndTheStartsSkewStaysWhatItWas() throws Exception {
    Clocks clocks = clocks(40_000);
    compare(clocks, 1);
    for (int minute = 2; minute <= 4; minute++) {
      clock.sleep(Clocks.EVERY_NANOS);
      compare(clocks, minute);
    }
    RunValidity.Clocks report = clocks.report().orElseThrow();
    assertThat(report.driftNanosPerSecond()).isEqualTo(40_000);
    assertThat(report.startSkewMicros()).isZero();
  }
}
