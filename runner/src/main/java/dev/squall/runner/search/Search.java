package dev.squall.runner.search;

/**
 * A search over levels of load, without a clock: it says what to offer, is given what was measured,
 * and says what is next. One thread only.
 *
 * @param <R> its result
 */
public sealed interface Search<R> permits Capacity, Sweep {
  /** The trial to begin with. */
  Decision<R> first();

  /**
   * Takes what {@link Decision.RunTrial} asks to be handed in, and says what to do.
   *
   * @throws IllegalStateException when the search is over
   */
  Decision<R> next(TrialResult measured);

  /** What the trials that have ended show. */
  R soFar();
}
