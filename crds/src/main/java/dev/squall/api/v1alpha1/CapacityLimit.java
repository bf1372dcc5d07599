package dev.squall.api.v1alpha1;

/** What keeps a capacity from being higher. */
public enum CapacityLimit {
  /** A threshold is broken above, or so nearly that it cannot be said to hold. */
  Threshold,
  /** Above, in flight and response time rise without end. */
  OverSaturation,
  /** The runners could not make more load: the target may hold more. */
  Runners,
  /** The highest level allowed holds: the target may hold more. */
  Range,
  /** The time for the search ran out before an answer was confirmed. */
  Time
}
