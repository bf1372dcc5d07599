package dev.squall.runner.engine.arrival;

import java.util.Arrays;
import java.util.function.DoubleUnaryOperator;

/** The one-sample test: how far a sample's distribution is from a given one. */
final class KolmogorovSmirnov {
  private KolmogorovSmirnov() {}

  /**
   * The statistic times √n. Under the hypothesis it exceeds 1.63 in 1 % of samples and 1.95 in 0.1
   * %.
   */
  static double scaled(double[] sample, DoubleUnaryOperator cumulative) {
    double[] sorted = sample.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double distance = 0;
    for (int i = 0; i < n; i++) {
      double expected = cumulative.applyAsDouble(sorted[i]);
      distance = Math.max(distance, Math.max(expected - (double) i / n, (i + 1.0) / n - expected));
    }
    return distance * Math.sqrt(n);
  }
}
