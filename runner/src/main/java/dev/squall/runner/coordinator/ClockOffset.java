package dev.squall.runner.coordinator;

import dev.squall.runner.control.MonotonicClock;
import dev.squall.runner.control.RunnerLink;
import java.io.IOException;
import java.util.List;

/**
 * How far a runner's monotonic clock is ahead of the coordinator's, as NTP finds it: the runner's
 * answer is taken to fall in the middle of the round trip, which is wrong by half the round trip at
 * most, whatever the two ways took. The exchange with the shortest round trip is kept.
 *
 * @param nanos runner's clock less coordinator's
 * @param errorNanos the most that it can be off
 */
record ClockOffset(long nanos, long errorNanos) {
  /** How many exchanges make one measurement. */
  private static final int EXCHANGES = 8;

  /** The best of the usual number of exchanges. */
  static ClockOffset measure(RunnerLink link, MonotonicClock mine) throws IOException {
    return measure(link, mine, EXCHANGES);
  }

  /** The best of several exchanges. */
  static ClockOffset measure(RunnerLink link, MonotonicClock mine, int exchanges)
      throws IOException {
    ClockOffset best = exchange(link, mine);
    for (int i = 1; i < exchanges; i++) {
      ClockOffset next = exchange(link, mine);
      if (next.errorNanos < best.errorNanos) {
        best = next;
      }
    }
    return best;
  }

  private static ClockOffset exchange(RunnerLink link, MonotonicClock mine) throws IOException {
    long asked = mine.nanos();
    long theirs = link.clock();
    long answered = mine.nanos();
    long half = (answered - asked + 1) / 2;
    return new ClockOffset(theirs - (asked + half), half);
  }

  /**
   * The largest difference between two start instants.
   *
   * @param starts each runner's start instant on its own clock, by runner
   * @param offsets each runner's offset, by runner
   */
  static Skew skew(List<Long> starts, List<ClockOffset> offsets) {
    long first = Long.MAX_VALUE;
    long last = Long.MIN_VALUE;
    long largest = 0;
    long second = 0;
    // Differences to one of them, since clocks of this kind may stand anywhere in the range of
    // long.
    long origin = starts.getFirst() - offsets.getFirst().nanos;
    for (int i = 0; i < starts.size(); i++) {
      long start = starts.get(i) - offsets.get(i).nanos - origin;
      first = Math.min(first, start);
      last = Math.max(last, start);
      long error = offsets.get(i).errorNanos;
      if (error > largest) {
        second = largest;
        largest = error;
      } else {
        second = Math.max(second, error);
      }
    }
    return new Skew((last - first) / 1000, starts.size() < 2 ? 0 : (largest + second + 999) / 1000);
  }

  /**
   * A difference between start instants.
   *
   * @param micros the difference
   * @param errorMicros the most that it can be off
   */
  record Skew(long micros, long errorMicros) {}
}
