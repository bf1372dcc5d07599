package dev.squall.runner.engine;

import java.time.Duration;

/**
 * How long an event loop's connections may take to be established, live, and may be idle. Only the
 * event loop calls it.
 */
final class Lives {
  /** The fractional part of the golden ratio: its multiples lie evenly, however many there are. */
  private static final double GOLDEN = 0.6180339887498949;

  private final long connectTimeoutNanos;
  private final long lifetimeNanos;
  private final long idleNanos;
  private double spread;

  Lives(ConnectionSettings settings, Duration connectTimeout) {
    this.connectTimeoutNanos = connectTimeout.toNanos();
    this.lifetimeNanos = settings.lifetimeNanos().orElse(Timers.NEVER);
    this.idleNanos = settings.idleNanos().orElse(Timers.NEVER);
  }

  /** How long one may take to be established. */
  long connectTimeoutNanos() {
    return connectTimeoutNanos;
  }

  /**
   * When the next connection that is established dies, or {@link Timers#NEVER}: after half to all
   * of the longest life, so that those opened together are not closed together.
   */
  long diesAt(long now) {
    if (lifetimeNanos == Timers.NEVER) {
      return Timers.NEVER;
    }
    spread = (spread + GOLDEN) % 1;
    return now + lifetimeNanos / 2 + (long) (spread * (lifetimeNanos - lifetimeNanos / 2));
  }

  /** Until when a connection may be idle from now on, or {@link Timers#NEVER}. */
  long idleUntil(long now) {
    return idleNanos == Timers.NEVER ? Timers.NEVER : now + idleNanos;
  }
}
