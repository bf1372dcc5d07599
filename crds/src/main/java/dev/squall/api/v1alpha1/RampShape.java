package dev.squall.api.v1alpha1;

/** How a ramp moves. */
public enum RampShape {
  /** By equal amounts in equal times. */
  Linear,
  /** By equal factors in equal times. */
  Exponential
}
