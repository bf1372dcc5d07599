package dev.squall.runner.engine.arrival;

import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * MLPerf's rules for how many queries a percentile needs.
 *
 * <p>Sources: the table "suggested starting point for how to set the minimum number of queries" and
 * the appendix "Early Stopping Criterion" of {@code inference_rules.adoc} in
 * github.com/mlcommons/inference_policies; {@code loadgen/early_stopping.cc} in
 * github.com/mlcommons/inference; Reddi et al., "MLPerf Inference Benchmark", ISCA 2020, section
 * III-D.
 */
public final class QueryCounts {
  /** The confidence of MLPerf's table and of early stopping. */
  public static final double CONFIDENCE = 0.99;

  private static final long ROUNDED_TO = 1 << 13;
  private static final long MOST = 1L << 30;

  private QueryCounts() {}

  /**
   * The number of queries after which the share of those within the percentile's limit is known to
   * a margin: {@code z²·p·(1−p)/margin²}, z the normal quantile of the two-sided confidence. For
   * 0.90, 0.99 and 0.005 it is 23,886.
   *
   * @param percentile as a fraction, between 0 and 1, like {@code confidence} and {@code margin}
   */
  public static long forMargin(double percentile, double confidence, double margin) {
    fraction("percentile", percentile);
    fraction("confidence", confidence);
    fraction("margin", margin);
    double z = NormalDistribution.of(0, 1).inverseSurvivalProbability((1 - confidence) / 2);
    // The rules' table rounds to the nearest.
    return Math.round(z * z * percentile * (1 - percentile) / (margin * margin));
  }

  /**
   * MLPerf's least number of queries for a percentile: for 99 % confidence and a margin of a
   * twentieth of what lies above the percentile, rounded up to a multiple of 2¹³. 24,576 for the
   * 90th, 57,344 for the 95th, 270,336 for the 99th.
   */
  public static long minimum(double percentile) {
    long exact = forMargin(percentile, CONFIDENCE, (1 - percentile) / 20);
    return Math.ceilDiv(exact, ROUNDED_TO) * ROUNDED_TO;
  }

  /**
   * Early stopping, Server: the least number of queries of which {@code over} missed the limit that
   * still shows, with a confidence, that the percentile is within it. The run passes once it has
   * processed as many; else it goes on for the difference and asks again.
   *
   * <p>It is over + h with the least h such that a system which keeps the limit only with
   * probability {@code percentile} shows so few misses with probability {@code 1 − confidence} at
   * most (a binomial tail; MLPerf's tolerance is 0).
   */
  public static long toPass(long over, double percentile, double confidence) {
    fraction("percentile", percentile);
    fraction("confidence", confidence);
    long low = 1;
    long high = MOST;
    while (low < high) {
      long within = (low + high) >>> 1;
      if (missed(over, over + within, percentile) <= 1 - confidence) {
        high = within;
      } else {
        low = within + 1;
      }
    }
    if (low == MOST) {
      throw new IllegalArgumentException(
          over + " queries over the limit: no number of queries up to 2^30 makes up for them");
    }
    return over + low;
  }

  /**
   * Early stopping, SingleStream and MultiStream: which of the slowest queries gives the
   * percentile's estimate. 1 is the slowest, 2 the next; 0 says that there are too few queries yet.
   *
   * <p>MLPerf: the greatest t such that q queries suffice for t over the limit; the t − 1 slowest
   * are discarded and the slowest of the rest is reported. So the estimate is the distribution-free
   * upper bound of the percentile.
   */
  public static long slowestToReport(long queries, double percentile, double confidence) {
    fraction("percentile", percentile);
    fraction("confidence", confidence);
    long low = 0;
    long high = queries;
    while (low < high) {
      long over = (low + high + 1) >>> 1;
      if (missed(over, queries, percentile) <= 1 - confidence) {
        low = over;
      } else {
        high = over - 1;
      }
    }
    return low;
  }

  /** Probability of at most so many misses when each query misses with 1 − percentile. */
  private static double missed(long over, long queries, double percentile) {
    return BinomialDistribution.of(Math.toIntExact(queries), 1 - percentile)
        .cumulativeProbability(Math.toIntExact(over));
  }

  private static void fraction(String name, double value) {
    if (!(value > 0 && value < 1)) {
      throw new IllegalArgumentException(
          name + ": is " + value + "; give a fraction between 0 and 1");
    }
  }
}
