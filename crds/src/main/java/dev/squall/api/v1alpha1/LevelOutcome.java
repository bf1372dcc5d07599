package dev.squall.api.v1alpha1;

/** What the trial of a level of load showed. */
public enum LevelOutcome {
  /** The thresholds hold, with confidence. */
  Holds,
  /** A threshold is broken, with confidence. */
  Broken,
  /** Too near the limit to say. */
  Near,
  /** In flight and response time rise without end. */
  OverSaturated,
  /** The runners spoiled it. */
  Spoiled,
  /** Of a sweep: windows in a row agree. */
  Steady,
  /** Of a sweep: no windows in a row agree. */
  Unsteady
}
