package dev.squall.runner.engine.arrival;

import java.util.Arrays;

/**
 * An arrival rate over time: a {@link LoadProfile} whose level is so many per second, minute or
 * hour, together with its integral, the number of arrivals expected up to an instant, and the
 * inverse of that.
 *
 * <p>The inverse is what makes schedules of varying rate exact: a process of rate 1 (constant,
 * Poisson or gamma) has its arrivals at positions x; taken through the inverse they arrive with the
 * rate asked for (time change, or inversion: Çinlar, "Introduction to Stochastic Processes", 1975,
 * section 4.7; Lewis and Shedler 1979). Positions count from each piece's own start, so the error
 * does not grow over a long run: it stays under a nanosecond in 24 h.
 *
 * <p>Immutable, safe for any thread, allocates nothing after construction.
 */
public final class RateProfile {
  private final LoadProfile profile;
  private final long perNanos;

  /** Arrivals expected before each piece begins; the last entry is those before the tail. */
  private final double[] startCount;

  public RateProfile(LoadProfile profile, Per per) {
    this.profile = profile;
    this.perNanos = per.nanos();
    int pieces = profile.pieceCount();
    this.startCount = new double[pieces + 1];
    for (int i = 0; i < pieces; i++) {
      Piece piece = profile.piece(i);
      double count = piece.area((double) piece.durationNanos()) / perNanos;
      startCount[i + 1] = snap(startCount[i] + count);
    }
  }

  /** A rate that does not change. */
  public static RateProfile constant(double rate, Per per) {
    return new RateProfile(LoadProfile.constant(rate), per);
  }

  /** When the last stage ends, in nanoseconds; the last rate goes on after it. */
  public long lengthNanos() {
    return profile.lengthNanos();
  }

  /** The rate at an instant, in arrivals per second. */
  public double ratePerSecond(double nanos) {
    return profile.level(nanos) / perNanos * 1e9;
  }

  /** Arrivals expected from the start up to an instant in nanoseconds, from 0. */
  public double expected(long nanos) {
    int at = profile.pieceAt(nanos);
    double within = nanos - profile.startNanos(at);
    double area =
        at == profile.pieceCount() ? profile.finalLevel() * within : profile.piece(at).area(within);
    return snap(startCount[at] + area / perNanos);
  }

  /** The piece in which a position lies; the search begins at a piece that is a guess. */
  int pieceOf(double position, int guess) {
    int at = guess;
    if (startCount[at] > position) {
      int found = Arrays.binarySearch(startCount, 0, at, position);
      at = found >= 0 ? found : Math.max(0, -found - 2);
    }
    // Pieces without arrivals begin and end at one position: the last of them is the right one.
    while (at < profile.pieceCount() && startCount[at + 1] <= position) {
      at++;
    }
    return at;
  }

  /**
   * The instant at which a position (arrivals expected since the start) is passed, in nanoseconds,
   * or {@link ArrivalSchedule#NONE} when the rate has gone down to 0 for ever before.
   */
  long instant(double position, int piece) {
    double area = (position - startCount[piece]) * perNanos;
    double nanos;
    if (piece < profile.pieceCount()) {
      nanos = profile.piece(piece).inverse(area);
    } else if (profile.finalLevel() > 0) {
      nanos = area / profile.finalLevel();
    } else {
      return ArrivalSchedule.NONE;
    }
    double room = ArrivalSchedule.NONE - profile.startNanos(piece);
    return nanos < room
        ? profile.startNanos(piece) + (long) Math.rint(nanos)
        : ArrivalSchedule.NONE;
  }

  /** {@link #instant(double, int)} without a guess. */
  public long instant(double position) {
    return instant(position, pieceOf(position, 0));
  }

  /**
   * A count within rounding error of a whole number is that number: 3 per minute for 20 s is one
   * arrival, not 0.9999999999999999, and an arrival due at a stage's boundary falls after it.
   */
  private static double snap(double count) {
    double whole = Math.rint(count);
    return Math.abs(count - whole) <= 1e-9 + 1e-13 * whole ? whole : count;
  }
}
