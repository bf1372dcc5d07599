package dev.squall.runner.coordinator;

import dev.squall.runner.control.MonotonicClock;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/** The coordinator's time; a test moves its own. */
public interface RunClock extends MonotonicClock {
  /** The wall clock. */
  Instant now();

  /** Waits. */
  void sleep(long nanos) throws InterruptedException;

  /** The machine's clocks. */
  static RunClock system() {
    return new RunClock() {
      @Override
      public long nanos() {
        return System.nanoTime();
      }

      @Override
      public Instant now() {
        return Instant.now();
      }

      @Override
      public void sleep(long nanos) throws InterruptedException {
        TimeUnit.NANOSECONDS.sleep(nanos);
      }
    };
  }
}
