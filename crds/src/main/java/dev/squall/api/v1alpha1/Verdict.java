package dev.squall.api.v1alpha1;

/** What a run says about the target. */
public enum Verdict {
  /** Every threshold held. */
  Passed,
  /** A threshold was broken. */
  Failed,
  /** The run cannot say: broken, a runner lost, or too few samples. */
  Inconclusive
}
