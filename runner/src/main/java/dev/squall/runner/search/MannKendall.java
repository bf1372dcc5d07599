package dev.squall.runner.search;

import java.util.Arrays;
import org.apache.commons.statistics.distribution.NormalDistribution;

/**
 * The Mann–Kendall test for a rising trend: do later values tend to be larger than earlier ones,
 * whatever the shape (Mann 1945; Kendall, "Rank Correlation Methods", 1975). Its variance is
 * corrected for values that are alike when they are near in time, by Hamed and Rao, "A modified
 * Mann-Kendall trend test for autocorrelated data", J. Hydrology 204, 1998: without that, a queue
 * near saturation, which wanders slowly, looks like a trend.
 *
 * @param slope the Theil–Sen slope: the median of the slopes between all pairs, per step
 * @param z the test's statistic, standard normal without a trend
 * @param pValue probability of one so large without a trend; 1 with fewer than {@value #LEAST}
 *     values
 */
public record MannKendall(double slope, double z, double pValue) {
  /** Values below which nothing is said. */
  public static final int LEAST = 8;

  /** Tests values at equal distances in time. O(n²). */
  public static MannKendall of(double[] values) {
    int n = values.length;
    if (n < LEAST) {
      return new MannKendall(0, 0, 1);
    }
    double[] slopes = new double[n * (n - 1) / 2];
    long score = 0;
    int pair = 0;
    for (int i = 0; i < n; i++) {
      for (int j = i + 1; j < n; j++) {
        double difference = values[j] - values[i];
        score += (long) Math.signum(difference);
        slopes[pair++] = difference / (j - i);
      }
    }
    Arrays.sort(slopes);
    double slope = (slopes[(slopes.length - 1) / 2] + slopes[slopes.length / 2]) / 2;
    double variance = variance(values) * correction(values, slope);
    if (score == 0 || variance <= 0) {
      return new MannKendall(slope, 0, score == 0 ? 0.5 : 1);
    }
    double z = (score - Math.signum((double) score)) / Math.sqrt(variance);
    return new MannKendall(slope, z, NormalDistribution.of(0, 1).survivalProbability(z));
  }

  /** Variance of the score of independent values, ties counted. */
  private static double variance(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double n = sorted.length;
    double sum = n * (n - 1) * (2 * n + 5);
    for (int from = 0; from < sorted.length; ) {
      int to = from;
      while (to < sorted.length && sorted[to] == sorted[from]) {
        to++;
      }
      double ties = to - from;
      sum -= ties * (ties - 1) * (2 * ties + 5);
      from = to;
    }
    return sum / 18;
  }

  /** How much autocorrelation widens the variance: from the ranks' after the trend is taken out. */
  private static double correction(double[] values, double slope) {
    int n = values.length;
    double[] ranks = ranksWithoutTrend(values, slope);
    double mean = (n + 1) / 2.0;
    double square = 0;
    for (double rank : ranks) {
      square += (rank - mean) * (rank - mean);
    }
    if (square == 0) {
      return 1;
    }
    double sum = 0;
    double significant = 1.645 / Math.sqrt(n);
    // Lags beyond a third of the values rest on too few pairs.
    for (int lag = 1; lag <= n / 3; lag++) {
      double product = 0;
      for (int i = lag; i < n; i++) {
        product += (ranks[i] - mean) * (ranks[i - lag] - mean);
      }
      double correlation = product / square;
      // Only what widens: a series that swings is no reason to see a trend earlier.
      if (correlation > significant) {
        sum += (double) (n - lag) * (n - lag - 1) * (n - lag - 2) * correlation;
      }
    }
    return 1 + 2 * sum / ((double) n * (n - 1) * (n - 2));
  }

  private static double[] ranksWithoutTrend(double[] values, double slope) {
    int n = values.length;
    double[] level = new double[n];
    for (int i = 0; i < n; i++) {
      level[i] = values[i] - slope * i;
    }
    double[] ranks = new double[n];
    for (int i = 0; i < n; i++) {
      double rank = 1;
      for (int j = 0; j < n; j++) {
        if (j != i) {
          rank += level[j] < level[i] ? 1 : level[j] == level[i] ? 0.5 : 0;
        }
      }
      ranks[i] = rank;
    }
    return ranks;
  }
}
