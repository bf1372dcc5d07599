package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.Times;
import io.netty.channel.epoll.Epoll;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How exactly an event loop wakes up for its own timers. */
@Timeout(60)
class WakeUpIT {
  private static final long MICRO = 1000;
  private static final int TIMES = 1500;

  /** Sets itself again and again, each time after another while of 50 µs to 20 ms. */
  private static final class Ticking extends Timers.Timer {
    private final TimedEventLoop loop;
    private final Random random = new Random(1);
    private final Times late = new Times();
    private final CountDownLatch done = new CountDownLatch(1);
    private int left = TIMES;

    Ticking(TimedEventLoop loop) {
      this.loop = loop;
    }

    void set() {
      // Most are short, some as long as those for which Netty waits in whole milliseconds.
      long nanos = (long) (50 * MICRO * Math.exp(random.nextDouble() * 6));
      due = System.nanoTime() + nanos;
      loop.timers().set(this, due);
    }

    private long due;

    @Override
    void fire(long nowNanos) {
      late.recordDelay(nowNanos - due);
      if (--left > 0) {
        set();
      } else {
        done.countDown();
      }
    }
  }

  @Test
  void timersFireWithinAFractionOfAMillisecondAndNeverEarly() throws Exception {
    Assumptions.assumeTrue(Epoll.isAvailable(), "epoll cannot be loaded here");
    TimedEventLoop loop = new TimedEventLoop(Sockets.EPOLL, Thread::new);
    try {
      Ticking ticking = new Ticking(loop);
      loop.execute(ticking::set);
      assertThat(ticking.done.await(50, TimeUnit.SECONDS)).isTrue();
      Times late = ticking.late;
      String histogram =
          "p50 %d, p75 %d, p90 %d, p99 %d, max %d µs"
              .formatted(
                  late.percentileMicros(50),
                  late.percentileMicros(75),
                  late.percentileMicros(90),
                  late.percentileMicros(99),
                  late.maxNanos() / 1000);
      assertThat(late.minNanos()).isNotNegative();
      // Half and three quarters: the rest is what a busy machine does to any thread that waits.
      assertThat(late.percentileMicros(50)).as(histogram).isLessThan(300);
      assertThat(late.percentileMicros(75)).as(histogram).isLessThan(1000);
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
