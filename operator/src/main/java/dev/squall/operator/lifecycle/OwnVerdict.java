package dev.squall.operator.lifecycle;

import org.jspecify.annotations.Nullable;

/**
 * Why the operator itself ends a run, {@code Inconclusive} each time: the coordinator could not
 * judge it. The pods of such a run are ended. The name is the status's and the event's reason.
 */
public enum OwnVerdict {
  /** What must be ready was not, within {@code startTimeout}. */
  StartTimeout,
  /** The coordinator's Job is gone or failed, and left no verdict. */
  CoordinatorLost,
  /** The runners' Job was gone before the load started. */
  RunnersDeleted,
  /** The load should have ended long ago. */
  DeadlineExceeded,
  /** The LoadTest was deleted in mid-run. */
  LoadTestDeleted,
  /** The API server refuses an object that the test asks for. */
  ObjectInvalid;

  /** Whether a completed run with this reason was ended by the operator. */
  public static boolean is(@Nullable String reason) {
    for (OwnVerdict verdict : values()) {
      if (verdict.name().equals(reason)) {
        return true;
      }
    }
    return false;
  }
}
