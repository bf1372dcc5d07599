package dev.squall.runner.results;

import dev.squall.runner.recording.SeriesSnapshot;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;

/** {@code <prefix>_stats.csv}: a row for each series, then the whole. */
final class StatsCsv {
  private static final List<String> HEADER =
      joined(
          List.of(
              "Type",
              "Name",
              "Request Count",
              "Failure Count",
              "Median Response Time",
              "Average Response Time",
              "Min Response Time",
              "Max Response Time",
              "Average Content Size",
              "Requests/s",
              "Failures/s"),
          LocustColumns.PERCENTILE_NAMES);

  private StatsCsv() {}

  /**
   * The file's text.
   *
   * @param loadSeconds how long the load lasted; the divisor of the rates
   */
  static String text(Totals totals, double loadSeconds) {
    StringBuilder text = new StringBuilder(CsvLine.of(HEADER));
    for (SeriesSnapshot series : totals.series()) {
      text.append(row(series, loadSeconds));
    }
    return text.append(row(totals.whole(), loadSeconds)).toString();
  }

  private static String row(SeriesSnapshot series, double loadSeconds) {
    List<String> fields = new ArrayList<>();
    fields.add(series.method());
    fields.add(series.name());
    fields.addAll(LocustColumns.totals(series));
    fields.add(rate(series.requests(), loadSeconds));
    fields.add(rate(series.failures(), loadSeconds));
    Histogram times = series.responseTime().histogram();
    fields.addAll(LocustColumns.percentiles(series.requests() == 0 ? null : times));
    return CsvLine.of(fields);
  }

  private static String rate(long count, double seconds) {
    return PythonRepr.of(count == 0 || seconds <= 0 ? 0.0 : count / seconds);
  }

  static List<String> joined(List<String> a, List<String> b) {
    List<String> all = new ArrayList<>(a);
    all.addAll(b);
    return List.copyOf(all);
  }
}
