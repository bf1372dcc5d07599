package dev.squall.runner.engine.payload;

/** A choice by weight: the index whose share of [0, 1) holds a drawn number. Immutable. */
public final class Weights {
  private final double[] upTo;

  /**
   * Weights of the indices 0, 1, ….
   *
   * @param weights at least one, each at least 0, not all 0
   */
  public Weights(double... weights) {
    double total = 0;
    for (double weight : weights) {
      if (!(weight >= 0) || Double.isInfinite(weight)) {
        throw new IllegalArgumentException("a weight is " + weight + ", must be at least 0");
      }
      total += weight;
    }
    if (!(total > 0)) {
      throw new IllegalArgumentException("at least one weight must be above 0");
    }
    upTo = new double[weights.length];
    double sum = 0;
    int last = 0;
    for (int i = 0; i < weights.length; i++) {
      sum += weights[i];
      upTo[i] = sum / total;
      last = weights[i] > 0 ? i : last;
    }
    // Rounding must not leave a gap below 1, nor give it to an index of weight 0.
    for (int i = last; i < upTo.length; i++) {
      upTo[i] = 1;
    }
  }

  /** The index for a number in [0, 1). */
  public int pick(double unit) {
    int low = 0;
    int high = upTo.length - 1;
    while (low < high) {
      int middle = (low + high) >>> 1;
      if (unit < upTo[middle]) {
        high = middle;
      } else {
        low = middle + 1;
      }
    }
    return low;
  }
}
