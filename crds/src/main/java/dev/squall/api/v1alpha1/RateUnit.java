package dev.squall.api.v1alpha1;

/** The unit of time that a rate is given in. */
public enum RateUnit {
  /** Per second. */
  Second,
  /** Per minute. */
  Minute,
  /** Per hour. */
  Hour
}
