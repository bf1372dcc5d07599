package dev.squall.api.v1alpha1;

/** How arrivals lie around the rate. */
public enum ArrivalDistribution {
  /** Evenly spaced. */
  Constant,
  /** As of many independent users: gaps are exponential. */
  Poisson,
  /** Gaps are gamma distributed, with a burstiness. */
  Gamma
}
