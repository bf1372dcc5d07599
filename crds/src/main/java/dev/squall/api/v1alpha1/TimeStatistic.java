package dev.squall.api.v1alpha1;

/** A statistic of a time. */
public enum TimeStatistic {
  /** Arithmetic mean. */
  Mean,
  /** Largest. */
  Max
}
