package dev.squall.runner.recording;

/**
 * How the units of streamed answers came: events, or chunks. Each unit is the first of its answer
 * or follows another, so both kinds of time together count the units. Not thread-safe.
 *
 * @param first sent to the answer's first unit: its time to first event, or to the first byte of
 *     its body
 * @param between from a unit to the next of the same answer; units that one read brought have none
 *     between them
 */
public record StreamTimes(Times first, Times between) {
  /** No unit yet. */
  public static StreamTimes none() {
    return new StreamTimes(new Times(), new Times());
  }

  /** Whether there is no unit. */
  public boolean isEmpty() {
    return first.count() == 0 && between.count() == 0;
  }

  /** Answers that have begun: those with a unit. */
  public long answers() {
    return first.count();
  }

  /** Units of all answers. */
  public long units() {
    return first.count() + between.count();
  }

  /** Adds all times of another object. */
  public void add(StreamTimes other) {
    first.add(other.first);
    between.add(other.between);
  }

  void reset() {
    first.reset();
    between.reset();
  }
}
