package dev.squall.runner.coordinator;

import dev.squall.runner.results.Recent;
import dev.squall.runner.results.Totals;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * One second of the live charts: rates as in the history file, response times of the last 10 s.
 *
 * @param second seconds since the start
 * @param users users at that second
 * @param requestsPerSecond completed requests per second
 * @param failuresPerSecond failures per second
 * @param p50Millis median response time in ms, null without a request in the last 10 s
 * @param p95Millis 95th percentile in ms, null likewise
 */
public record LivePoint(
    int second,
    int users,
    double requestsPerSecond,
    double failuresPerSecond,
    @Nullable Double p50Millis,
    @Nullable Double p95Millis) {
  private static final double MICROS_PER_MILLI = 1000;

  static LivePoint of(Totals totals, Recent recent) {
    return new LivePoint(
        totals.intervals(),
        totals.users(),
        recent.requestsPerSecond(Recent.WHOLE),
        recent.failuresPerSecond(Recent.WHOLE),
        millis(recent.responseTimes(Recent.WHOLE), 50),
        millis(recent.responseTimes(Recent.WHOLE), 95));
  }

  /** Those after a second, of points in order. */
  static List<LivePoint> after(int second, List<LivePoint> points) {
    int from = points.size();
    while (from > 0 && points.get(from - 1).second() > second) {
      from--;
    }
    return List.copyOf(points.subList(from, points.size()));
  }

  private static @Nullable Double millis(@Nullable Histogram micros, double percentile) {
    return micros == null || micros.getTotalCount() == 0
        ? null
        : micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
  }
}
