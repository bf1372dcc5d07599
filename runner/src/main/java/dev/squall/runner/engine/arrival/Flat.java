package dev.squall.runner.engine.arrival;

/** A level that stays. */
record Flat(double level, long durationNanos) implements Piece {

  @Override
  public double level(double nanos) {
    return level;
  }

  @Override
  public double peak() {
    return level;
  }

  @Override
  public double area(double nanos) {
    return level * nanos;
  }

  @Override
  public double inverse(double area) {
    return level == 0 ? 0 : Math.min(area / level, (double) durationNanos);
  }

  @Override
  public double firstAbove(double threshold, double from) {
    return level > threshold ? within(from) : Double.POSITIVE_INFINITY;
  }

  @Override
  public double firstNotAbove(double threshold, double from) {
    return level > threshold ? Double.POSITIVE_INFINITY : within(from);
  }
}
