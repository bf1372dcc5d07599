package dev.squall.runner.engine.arrival;

/**
 * How many users a closed load has over time, and so from when to when each of them runs.
 *
 * <p>User u (a global number from 0) is wanted while the profile's level is above u. So a ramp from
 * 0 starts user u exactly at {@code u / slope}, a ramp down stops the highest numbers first, and
 * the number of users is the level rounded up. Each user's instants come in closed form from the
 * stages: nothing polls, and a runner asks only about its own users.
 *
 * <p>A user's loop: {@code start = startAfter(u, 0)}, {@code stop = stopAfter(u, start)}, then
 * {@code startAfter(u, stop)}, and so on until {@link #NEVER}. It always moves forward.
 *
 * <p>Immutable, safe for any thread, allocates nothing.
 */
public final class UserProfile {
  /** The instant that does not come. */
  public static final long NEVER = Long.MAX_VALUE;

  private final LoadProfile profile;

  public UserProfile(LoadProfile profile) {
    this.profile = profile;
  }

  /** How many users there ever are: the numbers that are used are 0 to this, exclusive. */
  public long maxUsers() {
    return (long) Math.ceil(profile.peak());
  }

  /** How many users are wanted at an instant, in nanoseconds since the load's start. */
  public long users(long nanos) {
    // Half a nanosecond on: at the instant of a start the user counts, at that of a stop not.
    return nanos < 0 ? 0 : (long) Math.ceil(profile.level(nanos + 0.5));
  }

  /** When a user first starts, in nanoseconds since the load's start, or {@link #NEVER}. */
  public long start(long user) {
    return startAfter(user, 0);
  }

  /**
   * The first instant at or after one at which a user is wanted, or {@link #NEVER}.
   *
   * @param user global number, from 0
   * @param nanos since the load's start, from 0
   */
  public long startAfter(long user, long nanos) {
    return change((double) user, nanos, true);
  }

  /** The first instant at or after one at which a user is not wanted, or {@link #NEVER}. */
  public long stopAfter(long user, long nanos) {
    return change((double) user, nanos, false);
  }

  private long change(double user, long nanos, boolean wanted) {
    for (int i = profile.pieceAt(nanos); i < profile.pieceCount(); i++) {
      Piece piece = profile.piece(i);
      long begin = profile.startNanos(i);
      // Looked at half a nanosecond on, so that after rounding a start is past its crossing.
      double from = begin <= nanos ? nanos - begin + 0.5 : 0;
      double found = wanted ? piece.firstAbove(user, from) : piece.firstNotAbove(user, from);
      if (found < Double.POSITIVE_INFINITY) {
        return found == from ? Math.max(nanos, begin) : begin + (long) Math.rint(found);
      }
    }
    if (profile.finalLevel() > user == wanted) {
      return Math.max(nanos, profile.lengthNanos());
    }
    return NEVER;
  }
}
