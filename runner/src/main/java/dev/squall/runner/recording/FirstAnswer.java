package dev.squall.runner.recording;

/**
 * The cold start: the first whole answer after the start instant, of any load.
 *
 * @param afterStartNanos from the start instant to its last byte
 * @param responseTimeNanos its response time
 */
public record FirstAnswer(long afterStartNanos, long responseTimeNanos) {
  /** The earlier of two. */
  public FirstAnswer earlier(FirstAnswer other) {
    return other.afterStartNanos < afterStartNanos ? other : this;
  }
}
