package dev.squall.api.check;

import dev.squall.api.v1alpha1.NumberDistribution;
import dev.squall.api.v1alpha1.NumberGenerator;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** A generated number: what its bounds leave can be drawn, and written with its decimals. */
record NumberCheck(String path, NumberGenerator number, Findings findings) {
  /** A mean further than this from the range would have every draw clamped. */
  private static final double MAX_DEVIATIONS = 6;

  void check() {
    reachable();
    representable();
  }

  private void reachable() {
    Double mean = number.mean();
    Double deviation = number.standardDeviation();
    if (number.distribution() != NumberDistribution.Normal || mean == null || deviation == null) {
      return;
    }
    Double min = number.min();
    Double max = number.max();
    if ((min != null && min > mean + MAX_DEVIATIONS * deviation)
        || (max != null && max < mean - MAX_DEVIATIONS * deviation)) {
      findings.add(
          path,
          "min and max lie more than "
              + (int) MAX_DEVIATIONS
              + " standard deviations from the mean, so every value would be clamped: move them, or"
              + " the mean");
    }
  }

  private void representable() {
    Double min = number.min();
    Double max = number.max();
    if (min == null || max == null) {
      return;
    }
    // The decimal text of the double, so that 6.2 is 62 tenths and not a little more.
    BigDecimal low = BigDecimal.valueOf(min).setScale(number.decimals(), RoundingMode.CEILING);
    BigDecimal high = BigDecimal.valueOf(max).setScale(number.decimals(), RoundingMode.FLOOR);
    if (low.compareTo(high) > 0) {
      findings.add(
          path,
          "no number with "
              + number.decimals()
              + " decimals lies between min and max: raise decimals, or move them apart");
    }
  }
}
