package dev.squall.runner.search;

import java.util.Arrays;
import java.util.List;

/**
 * Tells that a target is over-saturated: more is offered than it completes, so what is in flight
 * and the response time both rise for as long as the load lasts, and no percentile means anything.
 *
 * <p>Both series must rise by the {@link MannKendall} test, and by so much that it matters: the
 * median of the last third is at least {@value #GROWTH} times that of the first third. The test
 * alone, given enough slices, would find the drift of a target that is only warming up or filling
 * its cache. Long windows are looked at in {@value #POINTS} parts, which is as telling and costs
 * little however long the window.
 *
 * @param inFlight the trend of requests due and not completed, for each part
 * @param responseTime the trend of the mean response time, for each part
 * @param grows whether both grew by enough
 */
public record OverSaturation(MannKendall inFlight, MannKendall responseTime, boolean grows) {
  private static final double GROWTH = 1.5;
  private static final int POINTS = 40;

  /** Looks at a window's slices, in order of time. */
  public static OverSaturation of(List<Slice> slices) {
    double[] inFlight = parts(slices.stream().mapToDouble(Slice::inFlight).toArray());
    // A slice in which nothing completed has no response time of its own.
    double[] times =
        parts(
            slices.stream()
                .filter(slice -> slice.completed() > 0)
                .mapToDouble(Slice::meanMicros)
                .toArray());
    return new OverSaturation(
        MannKendall.of(inFlight), MannKendall.of(times), grows(inFlight) && grows(times));
  }

  /** Whether the target is over-saturated, at a significance (the rate of false alarms) of each. */
  public boolean detected(double significance) {
    return grows && inFlight.pValue() < significance && responseTime.pValue() < significance;
  }

  /** Means of parts of equal length; what does not fill a part at the end is left for later. */
  private static double[] parts(double[] values) {
    int length = Math.ceilDiv(values.length, POINTS);
    if (length <= 1) {
      return values;
    }
    double[] parts = new double[values.length / length];
    Arrays.setAll(
        parts,
        part -> Arrays.stream(values, part * length, (part + 1) * length).average().orElseThrow());
    return parts;
  }

  private static boolean grows(double[] values) {
    int third = values.length / 3;
    return third > 0
        && median(values, values.length - third, values.length)
            >= GROWTH * median(values, 0, third);
  }

  private static double median(double[] values, int from, int to) {
    double[] part = Arrays.copyOfRange(values, from, to);
    Arrays.sort(part);
    return part[part.length / 2];
  }
}
