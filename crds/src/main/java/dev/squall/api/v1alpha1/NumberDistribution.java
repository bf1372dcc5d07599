package dev.squall.api.v1alpha1;

/** Shape of a number generator. */
public enum NumberDistribution {
  /** Between min and max. */
  Uniform,
  /** With mean and standard deviation. */
  Normal,
  /** With mean. */
  Exponential
}
