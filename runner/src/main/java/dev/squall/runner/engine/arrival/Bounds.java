package dev.squall.runner.engine.arrival;

/**
 * Where a schedule ends: after a duration, after a number of arrivals, at the first of the two, or
 * not before both.
 *
 * @param durationNanos in nanoseconds, or {@link #NONE}
 * @param count arrivals, or {@link #NONE}
 * @param both whether the schedule goes on until both are met (MLPerf's rule) instead of until
 *     either is
 */
public record Bounds(long durationNanos, long count, boolean both) {
  /** Says that one of the two does not bound the schedule. */
  public static final long NONE = -1;

  public Bounds {
    if (durationNanos != NONE) {
      Check.positive("duration", durationNanos);
    }
    if (count != NONE) {
      Check.positive("count", count);
    }
    if (both && (durationNanos == NONE || count == NONE)) {
      throw new IllegalArgumentException("bounds: to meet both, give a duration and a count");
    }
  }

  /** As long as the profile's stages. */
  public static Bounds stages() {
    return new Bounds(NONE, NONE, false);
  }

  /** Arrivals before an instant; past the stages the last rate goes on. */
  public static Bounds duration(long nanos) {
    return new Bounds(nanos, NONE, false);
  }

  /** So many arrivals; past the stages the last rate goes on. */
  public static Bounds count(long count) {
    return new Bounds(NONE, count, false);
  }

  /** Until the first of a duration and a number of arrivals. */
  public static Bounds either(long durationNanos, long count) {
    return new Bounds(durationNanos, count, false);
  }

  /** Until a duration has passed and a number of arrivals has come. */
  public static Bounds both(long durationNanos, long count) {
    return new Bounds(durationNanos, count, true);
  }
}
