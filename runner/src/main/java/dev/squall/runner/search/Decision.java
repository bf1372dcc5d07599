package dev.squall.runner.search;

/**
 * What to do next in a search over levels of load.
 *
 * @param <R> the search's result
 */
public sealed interface Decision<R> {

  /**
   * Begin a trial: offer a level of load, let it settle, then hand in what is measured.
   *
   * @param trial number of the trial, from 1
   * @param level rate, users or batch size
   * @param settleSeconds measured by nobody: the load is on, what it does is not counted
   * @param leastSeconds how long it is measured at least, unless the target is over-saturated or
   *     clearly misses an objective
   * @param mostSeconds how long at most
   * @param windowSeconds 0: hand in everything measured so far, each second; above 0: hand in
   *     windows of this length, each once, when it has ended
   * @param recover whether the target was over-saturated before: offer nothing until nothing is in
   *     flight any more
   * @param confirms whether this is the longer run that confirms an answer
   */
  record RunTrial<R>(
      int trial,
      double level,
      double settleSeconds,
      double leastSeconds,
      double mostSeconds,
      double windowSeconds,
      boolean recover,
      boolean confirms)
      implements Decision<R> {}

  /** Go on with the trial that runs. */
  record GoOn<R>() implements Decision<R> {}

  /** The search is over. */
  record Done<R>(R result) implements Decision<R> {}
}
