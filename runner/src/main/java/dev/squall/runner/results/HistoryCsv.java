package dev.squall.runner.results;

import dev.squall.runner.recording.SeriesSnapshot;
import java.io.IOException;
import java.io.Writer;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * {@code <prefix>_stats_history.csv}: a tick a second, written as the run goes. Row k is stamped k
 * seconds after the start instant and holds all that was completed by then.
 */
final class HistoryCsv {
  private static final List<String> HEADER =
      StatsCsv.joined(
          StatsCsv.joined(
              List.of("Timestamp", "User Count", "Type", "Name", "Requests/s", "Failures/s"),
              LocustColumns.PERCENTILE_NAMES),
          List.of(
              "Total Request Count",
              "Total Failure Count",
              "Total Median Response Time",
              "Total Average Response Time",
              "Total Min Response Time",
              "Total Max Response Time",
              "Total Average Content Size"));

  private final Writer out;
  private final boolean full;

  /**
   * Begins the file with its header.
   *
   * @param full a row for each series with the percentiles of the last 10 s, as Locust's
   *     full-history mode; else the whole alone, with percentiles since the start
   */
  HistoryCsv(Writer out, boolean full) throws IOException {
    this.out = out;
    this.full = full;
    out.write(CsvLine.of(HEADER));
  }

  /** Writes the rows of one tick. */
  void tick(long epochSeconds, int users, Totals totals, Recent recent) throws IOException {
    if (full) {
      for (SeriesSnapshot series : totals.series()) {
        row(epochSeconds, users, series, SeriesKey.of(series), recent);
      }
    }
    row(epochSeconds, users, totals.whole(), Recent.WHOLE, recent);
    out.flush();
  }

  private void row(
      long epochSeconds, int users, SeriesSnapshot series, SeriesKey key, Recent recent)
      throws IOException {
    List<String> fields = new ArrayList<>();
    fields.add(Long.toString(epochSeconds));
    fields.add(Integer.toString(users));
    fields.add(series.method());
    fields.add(series.name());
    fields.add(sixDecimals(recent.requestsPerSecond(key)));
    fields.add(sixDecimals(recent.failuresPerSecond(key)));
    fields.addAll(LocustColumns.percentiles(times(series, key, recent)));
    fields.addAll(LocustColumns.totals(series));
    out.write(CsvLine.of(fields));
  }

  private @Nullable Histogram times(SeriesSnapshot series, SeriesKey key, Recent recent) {
    if (series.requests() == 0) {
      return null;
    }
    return full ? recent.responseTimes(key) : series.responseTime().histogram();
  }

  private static String sixDecimals(double rate) {
    return BigDecimal.valueOf(rate).setScale(6, RoundingMode.HALF_UP).toPlainString();
  }
}
