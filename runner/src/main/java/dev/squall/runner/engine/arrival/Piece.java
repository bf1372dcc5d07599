package dev.squall.runner.engine.arrival;

/**
 * One smooth part of a level over time, with its integral and the inverse of that in closed form.
 * Times are nanoseconds since the piece began, as doubles; areas are level times nanoseconds.
 *
 * <p>{@link #inverse} is weakly monotone in floating point, not only in the mathematics: each
 * implementation uses nothing but correctly rounded operations in which the argument enters
 * monotonically, functions that are semi-monotonic by their contract, or bisection over a fixed
 * tree of probes. So two arrivals never change places. {@link StrictMath} makes the values the same
 * on every machine.
 */
sealed interface Piece permits Flat, Linear, Exponential, Sinusoid {

  /** Length in nanoseconds. */
  long durationNanos();

  /** The level at a time in [0, duration]. */
  double level(double nanos);

  /** The highest level within the piece. */
  double peak();

  /** Integral of the level from 0 to a time in [0, duration]. */
  double area(double nanos);

  /** The time in [0, duration] at which the integral reaches an area in [0, area(duration)]. */
  double inverse(double area);

  /**
   * The first time at or after {@code from} at which the level is above {@code level}, or positive
   * infinity when that does not happen within the piece. At the very instant of crossing upwards
   * the level counts as above.
   */
  double firstAbove(double level, double from);

  /**
   * The first time at or after {@code from} at which the level is not above {@code level}, or
   * positive infinity when that does not happen within the piece. At the very instant of crossing
   * downwards the level counts as no longer above.
   */
  double firstNotAbove(double level, double from);

  /** A time within the piece as it is, one at its end or later as never. */
  default double within(double nanos) {
    return nanos < durationNanos() ? nanos : Double.POSITIVE_INFINITY;
  }
}
