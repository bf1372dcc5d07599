package dev.squall.runner.engine.arrival;

/**
 * The intended start instants of an open load, numbered from 0, as a pure function of the number
 * and a seed: no clock, no state. The whole schedule is the same wherever it is computed, so any
 * number of runners share it out without a word between them.
 *
 * <p>Times are nanoseconds since the load's start, from 0, and never go backwards as the number
 * rises. A schedule is immutable and safe for any thread; its cursors are not.
 */
public sealed interface ArrivalSchedule permits RateSchedule, RecordedSchedule, GroupedSchedule {
  /** The instant of an arrival that does not come. */
  long NONE = Long.MAX_VALUE;

  /** How many arrivals there are, exactly, also for random processes: the offered load. */
  long count();

  /**
   * When the schedule is over, in nanoseconds since the load's start: its duration when that bounds
   * it, else the instant of its last arrival.
   */
  long endNanos();

  /**
   * A cursor over one share: the arrivals {@code first, first + stride, first + 2·stride, …}.
   * Runner i of n takes {@code cursor(i, n)}; its event loop l of m {@code cursor(i + n·l, n·m)}.
   * The shares of all, merged, are the whole schedule, element by element and to the nanosecond.
   *
   * @throws IllegalArgumentException unless {@code 0 <= first < stride}
   */
  ArrivalCursor cursor(long first, long stride);

  /** A cursor over all arrivals. */
  default ArrivalCursor cursor() {
    return cursor(0, 1);
  }

  /** The instant of one arrival, or {@link #NONE} past the end. O(log n), makes a cursor. */
  default long arrivalNanos(long index) {
    ArrivalCursor cursor = cursor();
    cursor.seekIndex(index);
    return cursor.nanos();
  }
}
