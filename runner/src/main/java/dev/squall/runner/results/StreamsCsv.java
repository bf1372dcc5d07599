package dev.squall.runner.results;

import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Times;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * {@code <prefix>_streams.csv}: of each series with streamed answers a row of its times to the
 * first unit and one of its times between units, in ms to the µs. Squall's own, beside Locust's
 * files.
 */
final class StreamsCsv {
  private static final double MICROS_PER_MILLI = 1000;
  private static final double NANOS_PER_MILLI = 1_000_000;

  private static final List<String> HEADER =
      StatsCsv.joined(
          List.of("Type", "Name", "Metric", "Answers", "Units", "Count", "Average", "Min", "Max"),
          LocustColumns.PERCENTILE_NAMES);

  private StreamsCsv() {}

  /** The file's text; none if nothing was streamed. */
  static Optional<String> text(Totals totals) {
    List<SeriesSnapshot> streamed =
        totals.series().stream().filter(series -> !series.stream().isEmpty()).toList();
    if (streamed.isEmpty()) {
      return Optional.empty();
    }
    StringBuilder text = new StringBuilder(CsvLine.of(HEADER));
    for (SeriesSnapshot series : streamed) {
      text.append(row(series, "time to first", series.stream().first()));
      if (series.stream().between().count() > 0) {
        text.append(row(series, "time between", series.stream().between()));
      }
    }
    return Optional.of(text.toString());
  }

  private static String row(SeriesSnapshot series, String metric, Times times) {
    List<String> fields = new ArrayList<>();
    fields.add(series.method());
    fields.add(series.name());
    fields.add(metric);
    fields.add(Long.toString(series.stream().answers()));
    fields.add(Long.toString(series.stream().units()));
    fields.add(Long.toString(times.count()));
    fields.add(millis(times.meanNanos() / NANOS_PER_MILLI));
    fields.add(millis(times.minNanos() / NANOS_PER_MILLI));
    fields.add(millis(times.maxNanos() / NANOS_PER_MILLI));
    for (double percentile : LocustColumns.PERCENTILES) {
      fields.add(millis(times.percentileMicros(percentile) / MICROS_PER_MILLI));
    }
    return CsvLine.of(fields);
  }

  private static String millis(double value) {
    return String.format(Locale.ROOT, "%.3f", value);
  }
}
