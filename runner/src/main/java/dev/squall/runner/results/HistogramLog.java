package dev.squall.runner.results;

import dev.squall.runner.recording.GiveWay;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.Times;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogWriter;

/**
 * HdrHistogram's standard log: a line for each second, series and kind of time, values in µs. The
 * tag is {@code response/<method>/<name>} or {@code service/<method>/<name>}, of streamed answers
 * {@code first/…} and {@code between/…} too, with white space, commas and percent signs
 * percent-encoded, since the format allows none.
 */
final class HistogramLog {
  /** The log's largest value is printed in ms. */
  private static final double MICROS_PER_MILLI = 1000.0;

  private final HistogramLogWriter writer;
  private final PrintStream out;
  private final double startSeconds;

  HistogramLog(OutputStream out, Instant start) {
    this.out = new PrintStream(out, false, StandardCharsets.UTF_8);
    this.writer = new HistogramLogWriter(this.out);
    this.startSeconds = start.toEpochMilli() / 1000.0;
    writer.outputComment("[Squall: times in microseconds, Interval_Max in milliseconds]");
    writer.outputLogFormatVersion();
    writer.outputStartTime(start.toEpochMilli());
    writer.outputLegend();
  }

  void interval(Snapshot interval) {
    for (SeriesSnapshot series : interval.ofAllLoads().series()) {
      line(interval.interval(), "response", series, series.responseTime());
      line(interval.interval(), "service", series, series.serviceTime());
      line(interval.interval(), "first", series, series.stream().first());
      line(interval.interval(), "between", series, series.stream().between());
    }
    out.flush();
  }

  private void line(int interval, String kind, SeriesSnapshot series, Times times) {
    if (times.count() == 0) {
      return;
    }
    GiveWay.ifDue();
    Histogram histogram = times.histogram();
    histogram.setTag(tag(kind + "/" + series.method() + "/" + series.name()));
    writer.outputIntervalHistogram(
        startSeconds + interval - 1, startSeconds + interval, histogram, MICROS_PER_MILLI);
    GiveWay.ifDue();
  }

  static String tag(String text) {
    StringBuilder tag = new StringBuilder();
    text.codePoints()
        .forEach(
            c -> {
              if (c == ',' || c == '%' || c <= ' ') {
                tag.append("%%%02X".formatted(c));
              } else {
                tag.appendCodePoint(c);
              }
            });
    return tag.toString();
  }

  /** Closes the file; true if something could not be written. */
  boolean close() {
    boolean failed = out.checkError();
    out.close();
    return failed;
  }
}
