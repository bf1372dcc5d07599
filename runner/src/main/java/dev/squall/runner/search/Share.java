package dev.squall.runner.search;

import java.util.List;
import org.apache.commons.statistics.distribution.BinomialDistribution;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.apache.commons.statistics.distribution.TDistribution;

/**
 * An estimate, from samples that are not independent, of the share of requests that are bad by an
 * objective: for a percentile below a limit, of those that take longer than the limit.
 *
 * <p>Response times that follow one another are alike, the more the fuller the target: a queue of a
 * second makes a thousand slow answers, not one. The order-statistics interval of a percentile
 * assumes independent samples and is then far too narrow. So two tests must agree:
 *
 * <ul>
 *   <li>the exact binomial one, which for a percentile is its order-statistics interval: that the
 *       interval's upper end lies below the limit is the same as that the share above the limit is
 *       below what is allowed;
 *   <li>that of batch means (Law, "Simulation Modeling and Analysis", section 9.5.3): the trial is
 *       cut into batches, the share is a ratio estimate over them (Cochran, "Sampling Techniques",
 *       section 6.4), and Student's t with batches − 1 degrees of freedom bounds it. Batches of 1,
 *       2, 4, … slices are tried as long as {@value #LEAST_BATCHES} remain, and the widest interval
 *       counts, so that a correlation longer than a slice is seen. To say that an objective is met,
 *       the error is taken as it would be at the limit: bad requests come in bursts, so that its
 *       square grows with the share, and a trial that saw few bursts by luck would think itself
 *       exact.
 * </ul>
 *
 * @param allowed the largest share that still meets the objective
 * @param bad how many were bad
 * @param total of how many
 * @param slices of how many slices
 * @param error standard error of the share, from the batch size with the widest interval
 * @param batches number of batches of that size
 */
record Share(double allowed, long bad, long total, int slices, double error, int batches) {
  /** Batches, and slices, below which nothing is said. */
  static final int LEAST_BATCHES = 10;

  private static final double WIDTH = 0.99;

  /** The share of an objective, given by its place in the search's list. */
  static Share of(List<Slice> slices, Objective objective, int place) {
    int count = slices.size();
    long[] bad = new long[count];
    long[] total = new long[count];
    long allBad = 0;
    long all = 0;
    for (int i = 0; i < count; i++) {
      bad[i] = slices.get(i).counts().get(place).bad();
      total[i] = slices.get(i).counts().get(place).total();
      allBad += bad[i];
      all += total[i];
    }
    double ratio = all == 0 ? 0 : (double) allBad / all;
    double error = 0;
    int batches = count;
    double widest = -1;
    for (int size = 1; all > 0 && count / size >= LEAST_BATCHES; size *= 2) {
      double candidate = error(bad, total, ratio, size) / all;
      double half = candidate * quantile(WIDTH, count / size);
      if (half > widest) {
        widest = half;
        error = candidate;
        batches = count / size;
      }
    }
    return new Share(objective.allowed(), allBad, all, count, error, batches);
  }

  private static double error(long[] bad, long[] total, double ratio, int size) {
    int batches = bad.length / size;
    double squares = 0;
    for (int batch = 0; batch < batches; batch++) {
      double residual = 0;
      // The slices that are left over go to the last batch.
      int end = batch == batches - 1 ? bad.length : (batch + 1) * size;
      for (int i = batch * size; i < end; i++) {
        residual += bad[i] - ratio * total[i];
      }
      squares += residual * residual;
    }
    return Math.sqrt(squares * batches / (batches - 1.0));
  }

  /** Chance to see so many bad ones, or fewer, at the limit, if they came independently. */
  private double chanceOf(long atMostBad) {
    int most = Integer.MAX_VALUE;
    // Of thousands of millions the law of large numbers leaves no chance.
    return total > most
        ? atMostBad < allowed * total ? 0 : 1
        : BinomialDistribution.of((int) total, allowed).cumulativeProbability((int) atMostBad);
  }

  double ratio() {
    return total == 0 ? 0 : (double) bad / total;
  }

  /** What it says about the objective, wrong in at most {@code 1 − confidence} of trials. */
  Finding finding(double confidence) {
    return finding(confidence, 0);
  }

  /**
   * The same, but met only by a trial long enough for so many bursts of bad requests at the limit:
   * Student's t is right for sums of many, not for a few large ones.
   */
  Finding finding(double confidence, double bursts) {
    if (slices < LEAST_BATCHES || total == 0) {
      return Finding.UNDECIDED;
    }
    double ratio = ratio();
    double margin = quantile(confidence, batches) * error;
    double atMost = 1 - confidence;
    if (ratio < allowed
        && allowed - ratio > margin * Math.sqrt(allowed / Math.max(ratio, 1.0 / total))
        && (bad == 0 || slices >= bursts * burstiness())
        && chanceOf(bad) <= atMost) {
      return Finding.MEETS;
    }
    if (ratio - margin > allowed && 1 - chanceOf(bad - 1) <= atMost) {
      return Finding.MISSES;
    }
    return Finding.UNDECIDED;
  }

  /** The logarithm of the share over what is allowed: 0 at the limit. */
  double logExcess() {
    return Math.log(ratio() / allowed);
  }

  /** Variance of {@link #logExcess}; infinite when nothing was bad. */
  double logVariance() {
    return bad == 0
        ? Double.POSITIVE_INFINITY
        : Math.max(error * error / (ratio() * ratio()), 1.0 / bad - 1.0 / total);
  }

  /**
   * How bursty the bad requests are: the variance that {@link #logVariance} would have at the
   * limit, times the number of slices. Infinite when nothing was bad.
   */
  double burstiness() {
    return logVariance() * ratio() / allowed * slices;
  }

  /** How many slices like these would show the objective met, 19 times in 20. */
  double slicesToShow(double confidence) {
    double gap = 1 - ratio() / allowed;
    double errors = normalQuantile(confidence) + normalQuantile(0.95);
    return bad == 0
        ? 0
        : gap <= 0 ? Double.POSITIVE_INFINITY : burstiness() * errors * errors / (gap * gap);
  }

  static double normalQuantile(double confidence) {
    return NormalDistribution.of(0, 1).inverseCumulativeProbability(confidence);
  }

  private static double quantile(double confidence, int batches) {
    return TDistribution.of(batches - 1.0).inverseCumulativeProbability(confidence);
  }
}
