package dev.squall.runner.coordinator;

/** Whether a run was told to end before its time. Thread-safe. */
final class StopRequest {
  private volatile boolean made;
  private volatile boolean now;

  /**
   * Tells it to end.
   *
   * @param atOnce whether what is in flight is cut off too
   */
  synchronized void make(boolean atOnce) {
    made = true;
    now |= atOnce;
  }

  boolean made() {
    return made;
  }

  boolean now() {
    return now;
  }
}
