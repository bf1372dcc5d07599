package dev.squall.runner.engine.arrival;

import java.util.Arrays;

/**
 * A replay: arrivals at recorded instants, from a log, at any speed.
 *
 * <p>Recorded instants may have any origin (the first one becomes 0) and any order: logs are
 * written when requests end, so their starts are not in order, and are sorted here. 8 bytes an
 * arrival; a log that is too long for that is read through {@link #stream}.
 */
public final class RecordedSchedule implements ArrivalSchedule {
  private final long[] offsets;
  private final double speed;

  private RecordedSchedule(long[] offsets, double speed) {
    this.offsets = offsets;
    this.speed = speed;
  }

  /**
   * A schedule from recorded instants in nanoseconds, which are copied.
   *
   * @param speed 1 as recorded, 2 twice as fast, 0.5 half as fast
   * @throws IllegalArgumentException when the speed is not from 1e-6 to 1e6, or the record spans
   *     more than 146 years (a wrong unit)
   */
  public static RecordedSchedule of(long[] instantsNanos, double speed) {
    checkSpeed(speed);
    long[] offsets = instantsNanos.clone();
    Arrays.sort(offsets);
    if (offsets.length > 0) {
      long origin = offsets[0];
      for (int i = 0; i < offsets.length; i++) {
        offsets[i] -= origin;
      }
      checkSpan(offsets[offsets.length - 1], speed);
    }
    return new RecordedSchedule(offsets, speed);
  }

  /**
   * A cursor over a share of a record that is read as it is needed, for records that do not fit in
   * memory. It cannot go back, and instants out of order take the time of the latest before them.
   *
   * @param instantsNanos nanoseconds of any origin, the first one becoming 0
   */
  public static ArrivalCursor stream(
      java.util.PrimitiveIterator.OfLong instantsNanos, double speed, long first, long stride) {
    checkSpeed(speed);
    return new StreamedCursor(instantsNanos, speed, new Stride(first, stride));
  }

  private static void checkSpeed(double speed) {
    if (!(speed >= 1e-6 && speed <= 1e6)) {
      throw new IllegalArgumentException(
          "replay.speed: is " + speed + "; give a factor from 0.000001 to 1000000, 1 as recorded");
    }
  }

  static void checkSpan(long spanNanos, double speed) {
    if (spanNanos < 0 || spanNanos / speed > Long.MAX_VALUE / 2.0) {
      throw new IllegalArgumentException(
          "replay: the record spans more than 146 years; check the unit of its timestamps");
    }
  }

  static long scaled(long offset, double speed) {
    return speed == 1 ? offset : (long) Math.rint(offset / speed);
  }

  /** The instant of an arrival that exists. */
  long instant(int index) {
    return scaled(offsets[index], speed);
  }

  @Override
  public long count() {
    return offsets.length;
  }

  @Override
  public long endNanos() {
    return offsets.length == 0 ? 0 : instant(offsets.length - 1);
  }

  @Override
  public ArrivalCursor cursor(long first, long stride) {
    return new RecordedCursor(this, new Stride(first, stride));
  }
}
