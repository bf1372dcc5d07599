package dev.squall.runner.engine.arrival;

/**
 * Stands at one arrival of a share and moves on. One thread only; allocates nothing.
 *
 * <p>An event loop's turn: {@code while (cursor.nanos() <= now) { send(cursor.index(),
 * cursor.nanos()); cursor.advance(); }}, then sleep until {@code cursor.nanos()}.
 */
public sealed interface ArrivalCursor
    permits RateCursor, RecordedCursor, StreamedCursor, GroupedCursor {

  /**
   * The intended time of the arrival the cursor stands at, in nanoseconds since the load's start;
   * {@link ArrivalSchedule#NONE} past the last one.
   */
  long nanos();

  /** The global number of that arrival; past the end, the first number of the share not used. */
  long index();

  /** Moves to the share's next arrival. O(1) on average. */
  void advance();

  /** Moves to the share's first arrival whose global number is at least this. O(log n). */
  void seekIndex(long index);

  /** Moves to the share's first arrival that is not before an instant. O(log n). */
  void seekNanos(long nanos);
}
