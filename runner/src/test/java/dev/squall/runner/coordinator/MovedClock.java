package dev.squall.runner.coordinator;

import java.time.Instant;
import java.util.PriorityQueue;
import java.util.concurrent.TimeUnit;

/** A clock that only moves when someone waits, and does at their times what the test asked for. */
final class MovedClock implements RunClock {
  private static final Instant EPOCH = Instant.parse("2026-11-24T14:51:16Z");

  private final PriorityQueue<Event> events = new PriorityQueue<>();
  private long nanos;

  private record Event(long atNanos, Runnable action) implements Comparable<Event> {
    @Override
    public int compareTo(Event other) {
      return Long.compare(atNanos, other.atNanos);
    }
  }

  /** Does something once the clock reaches a time. */
  void at(double seconds, Runnable action) {
    events.add(new Event((long) (seconds * 1e9), action));
  }

  double seconds() {
    return nanos() / 1e9;
  }

  @Override
  public synchronized long nanos() {
    return nanos;
  }

  @Override
  public synchronized Instant now() {
    return EPOCH.plusNanos(nanos);
  }

  @Override
  public void sleep(long duration) {
    long end = nanos() + duration;
    while (!events.isEmpty() && events.peek().atNanos <= end) {
      Event event = events.remove();
      set(Math.max(nanos(), event.atNanos));
      event.action.run();
    }
    set(end);
    if (end > TimeUnit.HOURS.toNanos(2)) {
      throw new IllegalStateException("the run hangs");
    }
  }

  private synchronized void set(long to) {
    nanos = to;
  }
}
