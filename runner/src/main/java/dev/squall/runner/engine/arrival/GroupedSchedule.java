package dev.squall.runner.engine.arrival;

/**
 * Another schedule in small groups: the arrivals of each span of time come together, at the span's
 * beginning. Spans lie side by side from the load's start, so that the groups are the same for any
 * number of runners. Number, order and end of the arrivals stay.
 *
 * <p>The instants are this schedule's own, and a request that leaves at one of them is not late:
 * who wants each arrival at the instant that its process gives it does not group.
 *
 * @param each the schedule that gives each arrival its span
 * @param spanNanos at least 1
 */
public record GroupedSchedule(ArrivalSchedule each, long spanNanos) implements ArrivalSchedule {
  /** Checks the span. */
  public GroupedSchedule {
    if (spanNanos < 1) {
      throw new IllegalArgumentException(
          "grouping: is " + spanNanos + " ns; give a time above 0, for example 1ms");
    }
  }

  @Override
  public long count() {
    return each.count();
  }

  /** As it is without groups: a span that has begun goes on. */
  @Override
  public long endNanos() {
    return each.endNanos();
  }

  @Override
  public ArrivalCursor cursor(long first, long stride) {
    return new GroupedCursor(each.cursor(first, stride), spanNanos);
  }
}
