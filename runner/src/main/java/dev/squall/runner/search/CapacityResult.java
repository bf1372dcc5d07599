package dev.squall.runner.search;

import java.util.List;
import java.util.OptionalDouble;

/**
 * The outcome of a capacity search.
 *
 * @param level the highest level that meets the objectives, confirmed by a longer run; empty when
 *     none did
 * @param refused the lowest level that was not met, or so near the limit that it could not be told
 *     from it; empty when the highest level allowed is met. The gap between the two is what the
 *     search leaves open
 * @param limit what kept the level from being higher
 * @param text the same for people: the objective, or the generator's fault
 * @param seconds measured and settled in all trials together
 * @param curve one point for each trial, in order of level
 */
public record CapacityResult(
    OptionalDouble level,
    OptionalDouble refused,
    Limit limit,
    String text,
    double seconds,
    List<Point> curve) {
  public CapacityResult {
    curve = List.copyOf(curve);
  }

  /** What limits a level. */
  public enum Limit {
    /** An objective is missed, or so near that it cannot be said to be met. */
    OBJECTIVE,
    /** In flight and response time rise without end. */
    OVER_SATURATION,
    /** The load generator could not make the load: the target may hold more. */
    GENERATOR,
    /** The highest level allowed meets the objectives: the target may hold more. */
    MOST,
    /** The time for the whole search ran out before an answer was confirmed. */
    TIME
  }

  /** What a trial showed. */
  public enum Outcome {
    /** Every objective is met, with confidence. */
    MEETS,
    /** An objective is missed, with confidence. */
    MISSES,
    /** Too near the limit to say. */
    NEAR,
    /** In flight and response time rise without end. */
    OVER_SATURATED,
    /** The load generator spoiled it. */
    GENERATOR_FAULT
  }

  /**
   * One trial: a point of the curve of throughput against response time.
   *
   * @param level asked for
   * @param throughput completed requests per second
   * @param micros the percentile of the first objective on response time (the 95th when there is
   *     none), in µs
   * @param failureRatio failed ones among the completed
   * @param inFlight requests due and not completed, on average
   * @param seconds measured
   * @param confirms whether it was the longer run
   * @param outcome what it showed
   * @param text what limits the level, empty when nothing does
   */
  public record Point(
      double level,
      double throughput,
      long micros,
      double failureRatio,
      double inFlight,
      double seconds,
      boolean confirms,
      Outcome outcome,
      String text) {}
}
