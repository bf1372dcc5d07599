package dev.squall.api.v1alpha1;

/** Where a run stands. */
public enum RunPhase {
  /** Accepted, its objects are not created yet. */
  Pending,
  /** Waiting for the target, the coordinator and the runners. */
  Starting,
  /** Load is being sent. */
  Running,
  /** The load has ended; results are merged, judged and stored. */
  Finishing,
  /** Terminal: the verdict stands. */
  Completed
}
