package dev.squall.runner.recording;

import java.util.Arrays;

/**
 * How late an event loop came to beats that were due at fixed instants: counts in classes 1-2-5
 * from 100 µs to 5 s, with the exact number and the exact worst beside them. A loop that is held up
 * counts every beat that it missed, so the counts are true in time whatever held it up. Not
 * thread-safe: one writer, and readers only after it is handed over.
 */
public final class Lag {
  /** Upper ends of the classes, in µs, inclusive; what is later is in one more. */
  private static final long[] MOST_MICROS = {
    100, 200, 500, 1_000, 2_000, 5_000, 10_000, 20_000, 50_000, 100_000, 200_000, 500_000,
    1_000_000, 2_000_000, 5_000_000
  };

  /** Number of classes. */
  public static final int CLASSES = MOST_MICROS.length + 1;

  private final long[] counts = new long[CLASSES];
  private long beats;
  private long maxNanos;

  /** Nothing yet. */
  public Lag() {}

  /**
   * What another object held.
   *
   * @param counts beats in each class
   * @param maxNanos the worst
   * @throws IllegalArgumentException if there are not {@link #CLASSES} counts, or one is negative
   */
  public static Lag of(long[] counts, long maxNanos) {
    if (counts.length != CLASSES || Arrays.stream(counts).anyMatch(c -> c < 0)) {
      throw new IllegalArgumentException("a lag has " + CLASSES + " counts from 0");
    }
    Lag lag = new Lag();
    System.arraycopy(counts, 0, lag.counts, 0, CLASSES);
    lag.beats = Arrays.stream(counts).sum();
    lag.maxNanos = maxNanos;
    return lag;
  }

  /** Counts one beat. */
  public void record(long lateNanos) {
    int at = 0;
    while (at < MOST_MICROS.length && lateNanos > MOST_MICROS[at] * 1000) {
      at++;
    }
    counts[at]++;
    beats++;
    maxNanos = Math.max(maxNanos, lateNanos);
  }

  /** Adds all beats of another object. */
  public void add(Lag other) {
    for (int i = 0; i < CLASSES; i++) {
      counts[i] += other.counts[i];
    }
    beats += other.beats;
    maxNanos = Math.max(maxNanos, other.maxNanos);
  }

  /** Takes everything out, into a new object. */
  public Lag take() {
    Lag taken = of(counts, maxNanos);
    Arrays.fill(counts, 0);
    beats = 0;
    maxNanos = 0;
    return taken;
  }

  /** Number of beats. */
  public long beats() {
    return beats;
  }

  /** Beats in a class. */
  public long count(int at) {
    return counts[at];
  }

  /** The worst, in ns; 0 if there is none. */
  public long maxNanos() {
    return maxNanos;
  }

  /**
   * Beats that were later than the first end of a class that is at least this long: exact for 1, 2
   * and 5 times a power of ten.
   */
  public long laterThan(long micros) {
    long later = counts[CLASSES - 1];
    for (int i = MOST_MICROS.length - 1; i > 0 && MOST_MICROS[i - 1] >= micros; i--) {
      later += counts[i];
    }
    return later;
  }

  /** The end of the class that a percentile lies in, in µs, never above the worst; 0 if empty. */
  public long percentileMicros(double percentile) {
    long rank = (long) Math.ceil(beats * percentile / 100);
    long most = (maxNanos + 999) / 1000;
    for (int i = 0; i < MOST_MICROS.length; i++) {
      rank -= counts[i];
      if (rank <= 0) {
        return Math.min(MOST_MICROS[i], most);
      }
    }
    return most;
  }
}
