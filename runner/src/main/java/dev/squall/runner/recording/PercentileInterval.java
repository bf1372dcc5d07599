package dev.squall.runner.recording;

import org.apache.commons.statistics.distribution.BinomialDistribution;

/**
 * A percentile's distribution-free confidence interval, as ranks of the sorted sample.
 *
 * <p>The number B of n independent samples that lie below the true p-quantile is binomial(n, p)
 * whatever the distribution, so that quantile lies between the order statistics X(l) and X(u) with
 * probability P(l ≤ B &lt; u). With equal tails of α/2: l is the largest rank with P(B &lt; l) ≤
 * α/2, u the smallest with P(B ≥ u) ≤ α/2, which is {@code l = qbinom(α/2)} and {@code u = qbinom(1
 * - α/2) + 1}. Exact for every n; since B is discrete the coverage is at least 1 - α. Source: Hahn
 * and Meeker, Statistical Intervals, section 5.2; Conover, Practical Nonparametric Statistics, 3.2;
 * David and Nagaraja, Order Statistics, 7.1.
 *
 * @param lowerRank rank (from 1) of the lower end; 0 if the sample is too small to have one
 * @param upperRank rank of the upper end; n + 1 if the sample is too small to have one
 */
public record PercentileInterval(long lowerRank, long upperRank) {
  /** Half of what may lie outside of the 95 % interval. */
  private static final double TAIL = 0.025;

  /** Above this the ranks are those of the normal distribution: off by less than one in 10,000. */
  private static final long EXACT = 1_000_000_000;

  private static final double NORMAL_QUANTILE = 1.959963984540054;

  /**
   * The 95 % interval.
   *
   * @param samples number of samples, at least 0
   * @param percentile above 0 and below 100
   */
  public static PercentileInterval of(long samples, double percentile) {
    double p = percentile / 100;
    if (samples > EXACT) {
      double mean = samples * p;
      double half = NORMAL_QUANTILE * Math.sqrt(mean * (1 - p));
      return new PercentileInterval(
          (long) Math.floor(mean - half), Math.min(samples, (long) Math.ceil(mean + half) + 1));
    }
    BinomialDistribution below = BinomialDistribution.of((int) samples, p);
    return new PercentileInterval(
        below.inverseCumulativeProbability(TAIL), below.inverseSurvivalProbability(TAIL) + 1L);
  }

  /**
   * How many samples would decide, if as large a share of them lay below the limit as of those
   * seen: the least number above {@code samples} that puts the whole interval on one side, or -1 if
   * even a thousand million would not.
   *
   * @param samples number of samples, which did not decide
   * @param below how many of them lie below the limit
   */
  public static long samplesToDecide(long samples, long below, double percentile) {
    double share = samples == 0 ? 1 : (double) below / samples;
    long undecided = samples;
    long decided = Math.max(1, 2 * samples);
    while (!decides(decided, share, percentile)) {
      undecided = decided;
      decided *= 2;
      if (decided > EXACT) {
        return -1;
      }
    }
    while (decided - undecided > 1) {
      long middle = undecided + (decided - undecided) / 2;
      if (decides(middle, share, percentile)) {
        decided = middle;
      } else {
        undecided = middle;
      }
    }
    return decided;
  }

  private static boolean decides(long samples, double shareBelow, double percentile) {
    PercentileInterval interval = of(samples, percentile);
    long below = Math.round(samples * shareBelow);
    return below >= interval.upperRank || below < interval.lowerRank;
  }
}
