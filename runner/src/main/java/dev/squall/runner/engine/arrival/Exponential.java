package dev.squall.runner.engine.arrival;

/**
 * A level that moves from {@code from} to {@code to} (both above 0, different) by a constant factor
 * per unit of time: {@code from · e^(growth·t)}.
 *
 * <p>The area up to t is {@code from·(e^(growth·t) − 1)/growth}, its inverse {@code
 * log1p(growth·area/from)/growth}. A falling level is solved from its end, where it is the same
 * rising one, so that the logarithm's argument never comes near −1.
 */
record Exponential(double from, double to, long durationNanos, double growth) implements Piece {

  Exponential(double from, double to, long durationNanos) {
    this(from, to, durationNanos, StrictMath.log(to / from) / durationNanos);
  }

  @Override
  public double level(double nanos) {
    return from * StrictMath.exp(growth * nanos);
  }

  @Override
  public double peak() {
    return Math.max(from, to);
  }

  @Override
  public double area(double nanos) {
    return nanos == durationNanos
        ? (to - from) / growth
        : from * (StrictMath.expm1(growth * nanos) / growth);
  }

  @Override
  public double inverse(double area) {
    boolean rising = growth > 0;
    double low = rising ? from : to;
    double steep = Math.abs(growth);
    double gone = Math.max(0, rising ? area : area((double) durationNanos) - area);
    double nanos = StrictMath.log1p(steep * gone / low) / steep;
    return Math.max(0, Math.min((double) durationNanos, rising ? nanos : durationNanos - nanos));
  }

  private double crossing(double threshold) {
    return threshold <= 0
        ? growth > 0 ? Double.NEGATIVE_INFINITY : Double.POSITIVE_INFINITY
        : StrictMath.log(threshold / from) / growth;
  }

  @Override
  public double firstAbove(double threshold, double begin) {
    double crossing = crossing(threshold);
    if (growth > 0) {
      return within(Math.max(begin, crossing));
    }
    return begin < crossing ? within(begin) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double firstNotAbove(double threshold, double begin) {
    double crossing = crossing(threshold);
    if (growth < 0) {
      return within(Math.max(begin, crossing));
    }
    return begin < crossing ? within(begin) : Double.POSITIVE_INFINITY;
  }
}
