package dev.squall.runner.results;

import dev.squall.runner.recording.GiveWay;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Times;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/** What the columns of Locust's CSV files hold; times in ms. */
final class LocustColumns {
  /** The percentile columns, in their order. */
  static final List<Double> PERCENTILES =
      List.of(50.0, 66.0, 75.0, 80.0, 90.0, 95.0, 98.0, 99.0, 99.9, 99.99, 100.0);

  static final List<String> PERCENTILE_NAMES =
      List.of("50%", "66%", "75%", "80%", "90%", "95%", "98%", "99%", "99.9%", "99.99%", "100%");

  private static final double MICROS_PER_MILLI = 1000;
  private static final double NANOS_PER_MILLI = 1_000_000;

  private LocustColumns() {}

  /** The percentiles as whole ms, or N/A in each column if there is no histogram. */
  static List<String> percentiles(@Nullable Histogram micros) {
    if (micros == null) {
      return Collections.nCopies(PERCENTILES.size(), "N/A");
    }
    List<String> fields = new ArrayList<>(PERCENTILES.size());
    for (double percentile : PERCENTILES) {
      GiveWay.ifDue();
      fields.add(wholeMillis(micros, percentile));
    }
    return fields;
  }

  /**
   * Requests, failures, median, average, least and largest response time, average content size. A
   * series without a request has the same odd mixture of 0 and 0.0 as Locust's.
   */
  static List<String> totals(SeriesSnapshot series) {
    long requests = series.requests();
    if (requests == 0) {
      return List.of("0", "0", "0", "0.0", "0", "0", "0");
    }
    Times times = series.responseTime();
    return List.of(
        Long.toString(requests),
        Long.toString(series.failures()),
        wholeMillis(times.histogram(), 50),
        PythonRepr.of(times.meanNanos() / NANOS_PER_MILLI),
        PythonRepr.of(times.minNanos() / NANOS_PER_MILLI),
        PythonRepr.of(times.maxNanos() / NANOS_PER_MILLI),
        PythonRepr.of((double) series.contentBytes() / requests));
  }

  private static String wholeMillis(Histogram micros, double percentile) {
    return Long.toString(Math.round(micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI));
  }
}
