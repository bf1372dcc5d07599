package dev.squall.runner.engine.arrival;

/**
 * An arrival schedule made of a process ({@link Arrivals}), a rate over time ({@link RateProfile}),
 * a bound and a seed.
 */
public final class RateSchedule implements ArrivalSchedule {
  private final RateProfile profile;
  private final Positions positions;
  private final long count;
  private final long endNanos;

  private RateSchedule(RateProfile profile, Positions positions, long count, long endNanos) {
    this.profile = profile;
    this.positions = positions;
    this.count = count;
    this.endNanos = endNanos;
  }

  /**
   * Makes a schedule. O(log n).
   *
   * @param seed of a random process; a regular one does not use it
   * @throws IllegalArgumentException when the bounds say no end, or one that the profile does not
   *     reach because its rate goes down to 0
   */
  public static RateSchedule of(Arrivals arrivals, RateProfile profile, Bounds bounds, long seed) {
    if (bounds.durationNanos() == Bounds.NONE && bounds.count() == Bounds.NONE) {
      if (profile.lengthNanos() == 0) {
        throw new IllegalArgumentException(
            "bounds: a constant rate has no end of its own; give a duration or a count");
      }
      return of(arrivals, profile, Bounds.duration(profile.lengthNanos()), seed);
    }
    double expected = expected(profile, bounds);
    Positions positions = positions(arrivals, expected, seed);
    long count = arrivals.exactCount() ? Math.round(expected) : count(positions, profile, bounds);
    long last = count == 0 ? 0 : instant(profile, positions, count - 1);
    if (last == NONE) {
      throw new IllegalArgumentException(
          "bounds: the rate goes down to 0 before "
              + bounds.count()
              + " arrivals have come; lower"
              + " the count, or give a last stage with a rate above 0");
    }
    long end =
        bounds.durationNanos() == Bounds.NONE
            ? last
            : bounds.both()
                ? Math.max(bounds.durationNanos(), last)
                : count == bounds.count() ? last : bounds.durationNanos();
    return new RateSchedule(profile, positions, count, end);
  }

  /** How many arrivals the bounds ask for on average. */
  private static double expected(RateProfile profile, Bounds bounds) {
    double count = bounds.count();
    if (bounds.durationNanos() == Bounds.NONE) {
      return count;
    }
    double within = profile.expected(bounds.durationNanos());
    if (bounds.count() == Bounds.NONE) {
      return within;
    }
    return bounds.both() ? Math.max(within, count) : Math.min(within, count);
  }

  private static Positions positions(Arrivals arrivals, double expected, long seed) {
    return switch (arrivals) {
      case Arrivals.Regular() -> new Positions.Regular();
      case Arrivals.Poisson(boolean exact) -> renewal(1, exact, expected, seed);
      case Arrivals.Gamma(double shape, boolean exact) -> renewal(shape, exact, expected, seed);
    };
  }

  private static Positions renewal(double shape, boolean exact, double expected, long seed) {
    long count = Math.round(expected);
    return exact && count > 0
        ? RenewalPositions.exactly(count, expected, shape, seed)
        : RenewalPositions.endless(shape, seed);
  }

  /** How many arrivals lie within the bounds. */
  private static long count(Positions positions, RateProfile profile, Bounds bounds) {
    if (bounds.durationNanos() == Bounds.NONE) {
      return bounds.count();
    }
    long within = positions.walk().firstFrom(profile.expected(bounds.durationNanos()));
    if (bounds.count() == Bounds.NONE) {
      return within;
    }
    return bounds.both() ? Math.max(within, bounds.count()) : Math.min(within, bounds.count());
  }

  private static long instant(RateProfile profile, Positions positions, long index) {
    return profile.instant(positions.walk().at(index));
  }

  @Override
  public long count() {
    return count;
  }

  @Override
  public long endNanos() {
    return endNanos;
  }

  @Override
  public ArrivalCursor cursor(long first, long stride) {
    return new RateCursor(profile, positions, count, new Stride(first, stride));
  }
}
