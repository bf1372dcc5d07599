package dev.squall.runner.engine;

/** What happens between a user's iterations. */
public sealed interface Wait {
  /** No pause: the next iteration starts when the last answer is read. */
  record None() implements Wait {}

  /**
   * Think time drawn uniformly for each iteration.
   *
   * @param minNanos shortest
   * @param maxNanos longest
   */
  record Between(long minNanos, long maxNanos) implements Wait {
    /** Checks the order. */
    public Between {
      if (minNanos < 0 || minNanos > maxNanos) {
        throw new IllegalArgumentException("a wait's min must be 0 or more, at most its max");
      }
    }
  }

  /**
   * Always the same think time.
   *
   * @param nanos how long
   */
  record Constant(long nanos) implements Wait {
    /** Checks the range. */
    public Constant {
      if (nanos < 0) {
        throw new IllegalArgumentException("a wait must be 0 or more");
      }
    }
  }

  /**
   * A fixed interval between the starts of a user's iterations. A late iteration starts at once,
   * its intended time stays its slot, and later slots do not move.
   *
   * @param intervalNanos from one start to the next
   */
  record Pacing(long intervalNanos) implements Wait {
    /** Checks the range. */
    public Pacing {
      if (intervalNanos <= 0) {
        throw new IllegalArgumentException("a pacing interval must be above 0");
      }
    }
  }
}
