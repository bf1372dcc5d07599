package dev.squall.runner.engine.arrival;

/**
 * A level that moves linearly from {@code from} to {@code to}, which differ.
 *
 * <p>The area up to time t is {@code t·(from + slope·t/2)}. Of the two ways to write the root of
 * that quadratic, and of measuring time from the start or from the end, {@link #inverse} takes the
 * one that is both monotone in floating point and free of cancellation: the steep side is solved as
 * {@code (√(low² + 2·|slope|·area) − low) / |slope|} from the low end when the low end is less than
 * half the high one, and as {@code 2·area / (high + √(high² − 2·|slope|·area))} from the high end
 * otherwise. The error stays under 1e-15 of the duration, 0.1 ns in 24 h.
 */
record Linear(double from, double to, long durationNanos) implements Piece {

  private double slope() {
    return (to - from) / durationNanos;
  }

  @Override
  public double level(double nanos) {
    return from + (to - from) * (nanos / durationNanos);
  }

  @Override
  public double peak() {
    return Math.max(from, to);
  }

  @Override
  public double area(double nanos) {
    return nanos == durationNanos
        ? (from + to) / 2 * durationNanos
        : nanos * (from + slope() * nanos / 2);
  }

  @Override
  public double inverse(double area) {
    double low = Math.min(from, to);
    double high = Math.max(from, to);
    double steep = Math.abs(slope());
    boolean fromLowEnd = low < high / 2;
    boolean fromStart = fromLowEnd == (from < to);
    double gone = Math.max(0, fromStart ? area : area((double) durationNanos) - area);
    double nanos =
        fromLowEnd
            ? (Math.sqrt(low * low + 2 * steep * gone) - low) / steep
            : 2 * gone / (high + Math.sqrt(Math.max(0, high * high - 2 * steep * gone)));
    return Math.max(0, Math.min((double) durationNanos, fromStart ? nanos : durationNanos - nanos));
  }

  /** When the level is the threshold; outside [0, duration] where the line is continued. */
  private double crossing(double threshold) {
    return durationNanos * ((threshold - from) / (to - from));
  }

  @Override
  public double firstAbove(double threshold, double begin) {
    double crossing = crossing(threshold);
    if (to > from) {
      return within(Math.max(begin, crossing));
    }
    return begin < crossing ? within(begin) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double firstNotAbove(double threshold, double begin) {
    double crossing = crossing(threshold);
    if (to < from) {
      return within(Math.max(begin, crossing));
    }
    return begin < crossing ? within(begin) : Double.POSITIVE_INFINITY;
  }
}
