package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.recording.Times;
import io.netty.channel.epoll.Epoll;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Random;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** How exactly an event loop wakes up for its own timers. */
@Timeout(180)
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

  /** How late this thread wakes up from sleeping a millisecond, again and again until then. */
  private static Times sleeps(CountDownLatch until) throws InterruptedException {
    Times late = new Times();
    long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(50);
    long before = System.nanoTime();
    while (!until.await(1, TimeUnit.MILLISECONDS)) {
      long now = System.nanoTime();
      assertThat(now).as("waited for 50 s").isLessThan(end);
      late.recordDelay(Math.max(0, now - before - 1000 * MICRO));
      before = System.nanoTime();
    }
    return late;
  }

  @Test
  void timersFireWithinAFractionOfAMillisecondAndNeverEarly() throws Exception {
    Assumptions.assumeTrue(Epoll.isAvailable(), "epoll cannot be loaded here");
    Again.ifSpoiled(WakeUpIT::wakesUp);
  }

  @Test
  void theKernelMayWakeAnEventLoopLateOnlyWhileItOftenWakesUp() throws Exception {
    Assumptions.assumeTrue(Epoll.isAvailable(), "epoll cannot be loaded here");
    TimedEventLoop loop = new TimedEventLoop(Sockets.EPOLL, Thread::new);
    String usual = slack();
    try {
      assertThat(loop.submit(WakeUpIT::slack).get()).as("at first").isEqualTo("1");
      await(loop, usual, 0);
      await(loop, "1", 1000 * MICRO);
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  /** Has an event loop wake up again and again, so long after the last time, until it has that. */
  private static void await(TimedEventLoop loop, String slack, long nanos) throws Exception {
    CountDownLatch done = new CountDownLatch(1);
    Timers.Timer waking =
        new Timers.Timer() {
          @Override
          void fire(long nowNanos) {
            if (slack().equals(slack)) {
              done.countDown();
            } else {
              loop.timers().set(this, nowNanos + nanos);
            }
          }
        };
    loop.execute(() -> loop.timers().set(waking, System.nanoTime()));
    assertThat(done.await(60, TimeUnit.SECONDS)).as(slack).isTrue();
  }

  private static String slack() {
    try {
      return Files.readString(TimerSlack.file()).strip();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void wakesUp() throws Exception {
    TimedEventLoop loop = new TimedEventLoop(Sockets.EPOLL, Thread::new);
    try {
      Ticking ticking = new Ticking(loop);
      loop.execute(ticking::set);
      Times others = sleeps(ticking.done);
      Times late = ticking.late;
      String histogram =
          "p50 %d, p75 %d, p90 %d, p99 %d, max %d µs; a thread that sleeps: p50 %d, p75 %d µs"
              .formatted(
                  late.percentileMicros(50),
                  late.percentileMicros(75),
                  late.percentileMicros(90),
                  late.percentileMicros(99),
                  late.maxNanos() / 1000,
                  others.percentileMicros(50),
                  others.percentileMicros(75));
      assertThat(late.minNanos()).isNotNegative();
      // Half and three quarters: the rest is what a busy machine does to any thread that waits.
      // What it does to one that sleeps meanwhile is no fault of the event loop's.
      assertThat(late.percentileMicros(50))
          .as(histogram)
          .isLessThan(300 + others.percentileMicros(50));
      assertThat(late.percentileMicros(75))
          .as(histogram)
          .isLessThan(1000 + others.percentileMicros(75));
    } finally {
      loop.shutdownGracefully(0, 1, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }
}
