package dev.squall.runner.engine.arrival;

import java.util.ArrayList;
import java.util.List;

/**
 * A load profile: ordered stages that say a level (a number of users, or a rate) for every instant
 * since the load's start. After the last stage its last level goes on for ever.
 *
 * <p>Immutable and safe for any thread. {@link UserProfile} and {@link RateProfile} give the level
 * its meaning.
 */
public final class LoadProfile {
  /** 146 years; so that sums of a few of them do not overflow. */
  private static final long LONGEST_NANOS = Long.MAX_VALUE / 2;

  private final Piece[] pieces;
  private final long[] startNanos;
  private final double finalLevel;

  private LoadProfile(List<Piece> pieces, double finalLevel) {
    this.pieces = pieces.toArray(Piece[]::new);
    this.startNanos = new long[pieces.size() + 1];
    for (int i = 0; i < pieces.size(); i++) {
      long left = LONGEST_NANOS - startNanos[i];
      if (this.pieces[i].durationNanos() > left) {
        throw new IllegalArgumentException(
            "stages: together are longer than 146 years; shorten them");
      }
      startNanos[i + 1] = startNanos[i] + this.pieces[i].durationNanos();
    }
    this.finalLevel = finalLevel;
  }

  /** A level that is reached at once and never changes. */
  public static LoadProfile constant(double level) {
    return of(level, List.of());
  }

  /**
   * A profile that begins at a level and goes through stages.
   *
   * @param initialLevel where the first stage begins, not negative
   * @throws IllegalArgumentException naming the stage, when an exponential ramp begins at 0 or the
   *     stages together are too long
   */
  public static LoadProfile of(double initialLevel, List<Stage> stages) {
    Check.level("initial level", initialLevel);
    List<Piece> pieces = new ArrayList<>();
    double level = initialLevel;
    for (int i = 0; i < stages.size(); i++) {
      level = append(pieces, level, stages.get(i), "stages[" + i + "]");
    }
    return new LoadProfile(pieces, level);
  }

  /** Adds a stage's pieces and returns the level at its end. */
  private static double append(List<Piece> pieces, double level, Stage stage, String field) {
    return switch (stage) {
      case Stage.Hold hold -> line(pieces, level, level, hold.durationNanos());
      case Stage.Step step -> line(pieces, step.level(), step.level(), step.durationNanos());
      case Stage.Ramp ramp -> line(pieces, level, ramp.target(), ramp.durationNanos());
      case Stage.ExponentialRamp ramp -> {
        if (level == 0) {
          throw new IllegalArgumentException(
              field
                  + ": an exponential ramp cannot begin at 0; put a step before it, or use a linear"
                  + " ramp");
        }
        if (level == ramp.target()) {
          yield line(pieces, level, level, ramp.durationNanos());
        }
        pieces.add(new Exponential(level, ramp.target(), ramp.durationNanos()));
        yield ramp.target();
      }
      case Stage.Stairs stairs -> {
        long done = 0;
        for (int step = 1; step <= stairs.steps(); step++) {
          double height = level + (stairs.target() - level) * ((double) step / stairs.steps());
          long end = Math.round((double) stairs.durationNanos() / stairs.steps() * step);
          end = step == stairs.steps() ? stairs.durationNanos() : end;
          line(pieces, height, height, end - done);
          done = end;
        }
        yield stairs.target();
      }
      case Stage.Spike spike -> {
        line(pieces, level, spike.peak(), spike.riseNanos());
        line(pieces, spike.peak(), spike.peak(), spike.holdNanos());
        yield line(pieces, spike.peak(), level, spike.fallNanos());
      }
      case Stage.Sine sine -> {
        if (sine.amplitude() == 0) {
          yield line(pieces, sine.mean(), sine.mean(), sine.durationNanos());
        }
        Piece swing =
            new Sinusoid(sine.mean(), sine.amplitude(), sine.periodNanos(), sine.durationNanos());
        pieces.add(swing);
        yield swing.level((double) sine.durationNanos());
      }
    };
  }

  private static double line(List<Piece> pieces, double from, double to, long durationNanos) {
    if (durationNanos > 0) {
      pieces.add(from == to ? new Flat(from, durationNanos) : new Linear(from, to, durationNanos));
    }
    return to;
  }

  /** When the last stage ends, in nanoseconds since the load's start; 0 without stages. */
  public long lengthNanos() {
    return startNanos[pieces.length];
  }

  /** The level after the last stage. */
  public double finalLevel() {
    return finalLevel;
  }

  /** The highest level that the profile reaches. */
  public double peak() {
    double peak = finalLevel;
    for (Piece piece : pieces) {
      peak = Math.max(peak, piece.peak());
    }
    return peak;
  }

  /** The level at an instant, in nanoseconds since the load's start, of any sign. */
  public double level(double nanos) {
    if (nanos < 0) {
      return 0;
    }
    int at = pieceAt((long) nanos);
    return at == pieces.length ? finalLevel : pieces[at].level(nanos - startNanos[at]);
  }

  int pieceCount() {
    return pieces.length;
  }

  Piece piece(int index) {
    return pieces[index];
  }

  /** When a piece begins; for the number of pieces, when the last one ends. */
  long startNanos(int index) {
    return startNanos[index];
  }

  /** The piece at an instant that is not negative; the number of pieces after the last one. */
  int pieceAt(long nanos) {
    int low = 0;
    int high = pieces.length;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (startNanos[middle + 1] <= nanos) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    return low;
  }
}
