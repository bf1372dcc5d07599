package dev.squall.runner.results;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * Tries again with pauses that double, for a bounded time.
 *
 * @param first first pause
 * @param most longest pause
 * @param total no try begins after this
 */
record Backoff(Duration first, Duration most, Duration total) {
  /** For storage: 0.5 s, 1 s, … 15 s, for 2 min. */
  static final Backoff STORING =
      new Backoff(Duration.ofMillis(500), Duration.ofSeconds(15), Duration.ofMinutes(2));

  /** What is tried. */
  interface Attempt {
    /**
     * Tries once.
     *
     * @throws TransientException if it is worth another try
     */
    void run() throws StoreFailedException, TransientException;
  }

  /** A failure that another try may not meet. */
  static final class TransientException extends Exception {
    private static final long serialVersionUID = 1L;

    TransientException(String message, Throwable cause) {
      super(message, cause);
    }
  }

  /** Waits between two tries. */
  interface Pause {
    void sleep(Duration duration) throws InterruptedException;
  }

  /** Runs until it succeeds, fails for good, or the time is over. */
  void run(Attempt attempt, LongSupplier nanoTime, Pause pause)
      throws StoreFailedException, InterruptedException {
    long begin = nanoTime.getAsLong();
    Duration wait = first;
    for (int tries = 1; ; tries++) {
      try {
        attempt.run();
        return;
      } catch (TransientException e) {
        long elapsed = nanoTime.getAsLong() - begin;
        if (elapsed + wait.toNanos() > total.toNanos()) {
          throw new StoreFailedException(
              "%s (tried %d times in %d s)"
                  .formatted(e.getMessage(), tries, Duration.ofNanos(elapsed).toSeconds()),
              e);
        }
        pause.sleep(wait);
        wait = wait.multipliedBy(2).compareTo(most) < 0 ? wait.multipliedBy(2) : most;
      }
    }
  }
}
