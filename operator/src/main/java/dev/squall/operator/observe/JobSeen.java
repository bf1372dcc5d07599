package dev.squall.operator.observe;

/**
 * A Job as the cluster shows it.
 *
 * @param name its name
 * @param state where it stands
 * @param message the Job's own words about its end, empty while it has none
 * @param expected pods it asks for
 * @param ready pods of it that are ready or have succeeded
 */
public record JobSeen(String name, State state, String message, int expected, int ready) {
  /** Where a Job stands. */
  public enum State {
    /** It has pods, or will. */
    ACTIVE,
    /** It ended, and its pods succeeded. */
    COMPLETE,
    /** It ended, and some or all of its pods did not succeed. */
    FAILED,
    /** It is being deleted, or gone. */
    GONE
  }

  /** A Job that is not in the cluster. */
  public static JobSeen gone(String name) {
    return new JobSeen(name, State.GONE, "", 0, 0);
  }

  /** Whether nothing more can come of it. */
  public boolean ended() {
    return state != State.ACTIVE;
  }

  /** Whether all its pods are ready or have succeeded. */
  public boolean allReady() {
    return state == State.COMPLETE || (state == State.ACTIVE && ready >= expected);
  }
}
