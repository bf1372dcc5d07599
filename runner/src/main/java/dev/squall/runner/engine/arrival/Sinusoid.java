package dev.squall.runner.engine.arrival;

/**
 * A level that swings: {@code mean + amplitude·sin(2π·t/period)} with {@code 0 < amplitude <=
 * mean}.
 *
 * <p>The area up to t is {@code mean·t + amplitude·period/2π·(1 − cos(2π·t/period))}; its inverse
 * is Kepler's equation, which has no closed form. Whole periods are split off (each has the area
 * {@code mean·period}); within one, the time is found by bisection over the integer nanoseconds.
 * The probes depend on the bracket alone, never on the area sought, so for two areas the paths part
 * where the smaller one turns left: the result is monotone whatever the rounding of the cosine, and
 * the same on every machine. It is the first whole nanosecond whose area is not below the one
 * sought.
 *
 * <p>A table of the area at {@value #CELLS} points of the period, made once, replaces the first
 * steps.
 */
final class Sinusoid implements Piece {
  private static final int CELLS = 1024;

  private final double mean;
  private final double amplitude;
  private final long periodNanos;
  private final long durationNanos;
  private final double periodArea;
  private final double swing;
  private final double[] cellArea = new double[CELLS + 1];

  Sinusoid(double mean, double amplitude, long periodNanos, long durationNanos) {
    this.mean = mean;
    this.amplitude = amplitude;
    this.periodNanos = periodNanos;
    this.durationNanos = durationNanos;
    this.periodArea = mean * periodNanos;
    this.swing = amplitude * periodNanos / (2 * Math.PI);
    for (int cell = 1; cell <= CELLS; cell++) {
      cellArea[cell] = Math.max(cellArea[cell - 1], areaWithinPeriod((double) cellStart(cell)));
    }
  }

  private long cellStart(int cell) {
    return Math.round((double) periodNanos / CELLS * cell);
  }

  private double areaWithinPeriod(double nanos) {
    double angle = nanos / periodNanos * (2 * Math.PI);
    double sine = StrictMath.sin(angle / 2);
    // 1 − cos a = 2 sin²(a/2), without the cancellation at small angles.
    return mean * nanos + swing * (2 * sine * sine);
  }

  @Override
  public long durationNanos() {
    return durationNanos;
  }

  @Override
  public double level(double nanos) {
    return mean + amplitude * StrictMath.sin(nanos % periodNanos / periodNanos * (2 * Math.PI));
  }

  @Override
  public double peak() {
    if (durationNanos * 4.0 >= periodNanos) {
      return mean + amplitude;
    }
    return level((double) durationNanos);
  }

  @Override
  public double area(double nanos) {
    double periods = Math.floor(nanos / periodNanos);
    return periods * periodArea + areaWithinPeriod(nanos - periods * periodNanos);
  }

  @Override
  public double inverse(double area) {
    double periods = Math.floor(area / periodArea);
    double rest = Math.max(0, Math.min(periodArea, area - periods * periodArea));
    return Math.min((double) durationNanos, periods * periodNanos + inverseWithinPeriod(rest));
  }

  private long inverseWithinPeriod(double area) {
    int lowCell = 0;
    int highCell = CELLS;
    while (highCell - lowCell > 1) {
      int middle = (lowCell + highCell) >>> 1;
      if (cellArea[middle] >= area) {
        highCell = middle;
      } else {
        lowCell = middle;
      }
    }
    long low = area <= 0 ? -1 : cellStart(lowCell);
    long high = area <= 0 ? 0 : cellStart(highCell);
    while (high - low > 1) {
      long middle = (low + high) >> 1;
      if (areaWithinPeriod((double) middle) >= area) {
        high = middle;
      } else {
        low = middle;
      }
    }
    return high;
  }

  /** When within a period, beginning at a crossing upwards, the level is above the threshold. */
  private double upCrossing(double threshold) {
    return StrictMath.asin((threshold - mean) / amplitude) / (2 * Math.PI) * periodNanos;
  }

  @Override
  public double firstAbove(double threshold, double from) {
    if (threshold >= mean + amplitude) {
      return Double.POSITIVE_INFINITY;
    }
    if (threshold <= mean - amplitude) {
      return within(from);
    }
    double up = upCrossing(threshold);
    double above = periodNanos / 2.0 - 2 * up;
    double latestUp = up + Math.floor((from - up) / periodNanos) * periodNanos;
    return within(from < latestUp + above ? from : latestUp + periodNanos);
  }

  @Override
  public double firstNotAbove(double threshold, double from) {
    if (threshold >= mean + amplitude) {
      return within(from);
    }
    if (threshold <= mean - amplitude) {
      return Double.POSITIVE_INFINITY;
    }
    double up = upCrossing(threshold);
    double above = periodNanos / 2.0 - 2 * up;
    double latestUp = up + Math.floor((from - up) / periodNanos) * periodNanos;
    return within(Math.max(from, latestUp + above));
  }
}
