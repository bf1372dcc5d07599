package dev.squall.runner.engine.arrival;

/**
 * How arrivals are spread around the rate: the process, before the rate profile stretches time.
 *
 * <p>With {@code exactCount} a random process is conditioned on its number: it has exactly as many
 * arrivals as the profile expects (rounded), still spread as the process spreads them. Without it
 * the number is random with that mean.
 */
public sealed interface Arrivals {

  /** Whether a random process is conditioned on having the expected number of arrivals. */
  default boolean exactCount() {
    return false;
  }

  /** Evenly spaced: arrival j when the profile expects exactly j before it, the first at once. */
  record Regular() implements Arrivals {}

  /** A Poisson process: independent users, gaps exponential. */
  record Poisson(boolean exactCount) implements Arrivals {}

  /**
   * A renewal process with gamma distributed gaps.
   *
   * @param burstiness shape of the gamma distribution, 0.01 to 1000: below 1 burstier than Poisson,
   *     1 Poisson, above 1 more regular. The mean gap stays; its coefficient of variation is {@code
   *     1/√burstiness}
   */
  record Gamma(double burstiness, boolean exactCount) implements Arrivals {
    public Gamma {
      if (!(burstiness >= 0.01 && burstiness <= 1000)) {
        throw new IllegalArgumentException(
            "burstiness: is "
                + burstiness
                + "; give a gamma shape from 0.01 (bursty) over 1 (Poisson) to 1000 (regular)");
      }
    }
  }
}
