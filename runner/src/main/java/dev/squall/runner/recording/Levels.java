package dev.squall.runner.recording;

/**
 * How things stand at the cut of an interval, over all loads.
 *
 * @param users users running, of closed loads
 * @param inFlight requests under way: connecting, or sent and unanswered
 * @param waiting arrivals that are due and wait for a slot
 */
public record Levels(int users, long inFlight, long waiting) {
  /** Nothing runs. */
  public static final Levels NONE = new Levels(0, 0, 0);

  /** Both together. */
  public Levels plus(Levels other) {
    return new Levels(users + other.users, inFlight + other.inFlight, waiting + other.waiting);
  }
}
