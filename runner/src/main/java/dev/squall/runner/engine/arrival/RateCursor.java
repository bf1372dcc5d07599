package dev.squall.runner.engine.arrival;

/** A cursor over a share of a {@link RateSchedule}. */
final class RateCursor implements ArrivalCursor {
  private final RateProfile profile;
  private final Positions.Walk walk;
  private final long count;
  private final Stride share;

  private long index;
  private long nanos;

  /** The profile's piece at the cursor: where the search for the next one begins. */
  private int piece;

  RateCursor(RateProfile profile, Positions positions, long count, Stride share) {
    this.profile = profile;
    this.walk = positions.walk();
    this.count = count;
    this.share = share;
    stand(share.first());
  }

  private void stand(long number) {
    index = number;
    if (number >= count) {
      nanos = ArrivalSchedule.NONE;
      return;
    }
    double position = walk.at(number);
    piece = profile.pieceOf(position, piece);
    nanos = profile.instant(position, piece);
  }

  @Override
  public long nanos() {
    return nanos;
  }

  @Override
  public long index() {
    return index;
  }

  @Override
  public void advance() {
    if (index < count) {
      stand(index + share.stride());
    }
  }

  @Override
  public void seekIndex(long wanted) {
    stand(share.from(Math.min(wanted, count)));
  }

  @Override
  public void seekNanos(long wanted) {
    // The number expected by then leads to the neighbourhood; rounding to whole nanoseconds can
    // put an arrival or two on the other side, so the last steps compare the instants themselves.
    long guess = wanted <= 0 ? 0 : Math.min(count, walk.firstFrom(profile.expected(wanted)));
    while (guess > 0 && instant(guess - 1) >= wanted) {
      guess--;
    }
    while (guess < count && instant(guess) < wanted) {
      guess++;
    }
    seekIndex(guess);
  }

  private long instant(long number) {
    return profile.instant(walk.at(number));
  }
}
