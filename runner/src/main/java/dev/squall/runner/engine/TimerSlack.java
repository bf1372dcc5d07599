package dev.squall.runner.engine;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * How late the kernel may wake an event loop up, so that it can serve several timers at a time: 50
 * µs by default ({@code timerslack_ns} in proc(5)). Whatever is sent then is late by that, and each
 * response time of an open load longer. So a loop that seldom wakes up forgoes it. One that often
 * does would pay for that: at 10,000 requests a second a fifth more CPU, since an answer and the
 * next arrival no longer share a turn, and be late by almost as much for its own work.
 *
 * <p>Only its event loop's thread calls it.
 */
final class TimerSlack implements AutoCloseable {
  /** So many turns are looked at together. */
  static final int TURNS = 1_024;

  /** What they take at 10,000 and at 7,000 a second: half as many requests, each with an answer. */
  private static final long OFTEN_NANOS = TimeUnit.SECONDS.toNanos(TURNS) / 10_000;

  private static final long SELDOM_NANOS = TimeUnit.SECONDS.toNanos(TURNS) / 7_000;

  private final @Nullable OutputStream kernel;
  private boolean forgone;
  private int turns;
  private long sinceNanos = System.nanoTime();

  private TimerSlack(@Nullable OutputStream kernel) {
    this.kernel = kernel;
    set(true);
  }

  /** That of the calling thread, which forgoes it to begin with. */
  static TimerSlack ofThisThread() {
    try {
      return new TimerSlack(Files.newOutputStream(file(), StandardOpenOption.WRITE));
    } catch (IOException _) {
      // Another system than Linux, or a sandbox: late as any thread there, which is measured.
      return new TimerSlack(null);
    }
  }

  /**
   * Where the kernel has the calling thread's.
   *
   * @throws IOException if it tells no thread its number
   */
  static Path file() throws IOException {
    Path thread = Path.of("/proc/thread-self").toRealPath();
    // A thread's own folder does not have it, but the one it has among the processes.
    return Path.of("/proc", thread.getFileName().toString(), "timerslack_ns");
  }

  /** The event loop wakes up for another turn. */
  void turn() {
    if (++turns == TURNS) {
      long now = System.nanoTime();
      boolean better = forgoes(forgone, now - sinceNanos);
      turns = 0;
      sinceNanos = now;
      if (better != forgone) {
        set(better);
      }
    }
  }

  /**
   * Whether a loop is better off without it.
   *
   * @param now whether it is without it
   * @param turnsNanos how long {@link #TURNS} turns took
   */
  static boolean forgoes(boolean now, long turnsNanos) {
    return turnsNanos > (now ? OFTEN_NANOS : SELDOM_NANOS);
  }

  private void set(boolean without) {
    forgone = without;
    if (kernel != null) {
      try {
        // The least there is, or 0 for the default.
        kernel.write((without ? "1" : "0").getBytes(StandardCharsets.US_ASCII));
      } catch (IOException _) {
        // It stays as it was.
      }
    }
  }

  @Override
  public void close() {
    if (kernel != null) {
      try {
        kernel.close();
      } catch (IOException _) {
        // Nothing is written when it is closed.
      }
    }
  }
}
