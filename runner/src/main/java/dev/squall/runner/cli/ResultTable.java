package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.FailureReason;
import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.wire.Summary;
import dev.squall.runner.coordinator.SearchNow;
import dev.squall.runner.recording.GiveWay;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** A summary as lines of text; pure. */
final class ResultTable {
  private static final int MOST_REASONS = 10;
  private static final int WIDEST_NAME = 40;
  private static final List<String> HEADER =
      List.of("Method", "Name", "Requests", "Failures", "Req/s", "p50", "p95", "p99", "Max");

  private ResultTable() {}

  /**
   * The table of series and, if there are any, a search's levels and the reasons of failures.
   *
   * @param search where the run's search stands
   */
  static List<String> lines(Summary summary, Optional<SearchNow> search) {
    List<List<String>> rows = new ArrayList<>();
    rows.add(HEADER);
    for (TaskResult task : summary.tasks()) {
      rows.add(
          row(
              task.method(),
              task.name(),
              task.requests(),
              task.failures(),
              task.milliRequestsPerSecond(),
              task.responseTime()));
    }
    rows.add(
        row(
            "",
            "Aggregated",
            summary.requests(),
            summary.failures(),
            summary.milliRequestsPerSecond(),
            summary.responseTime()));
    List<String> lines = new ArrayList<>(aligned(rows));
    lines.addAll(LoadLines.of(summary));
    lines.addAll(ConnectionLines.of(summary));
    lines.addAll(LevelTable.of(summary, search));
    if (!summary.failureReasons().isEmpty()) {
      lines.add("");
      lines.add("Failures");
      for (FailureReason reason : summary.failureReasons().stream().limit(MOST_REASONS).toList()) {
        lines.add(
            "%8d  %s: %s: %s"
                .formatted(reason.count(), reason.task(), reason.kind(), reason.reason()));
      }
    }
    return lines;
  }

  /** How each threshold was judged. */
  static List<String> thresholds(Summary summary) {
    List<String> lines = new ArrayList<>();
    for (ThresholdResult one : summary.thresholds()) {
      String message = one.message();
      lines.add(
          "%-12s  %s: %s%s%s"
              .formatted(
                  one.verdict(),
                  one.name(),
                  one.observed(),
                  one.interval() == null ? "" : " (95 % interval " + one.interval() + ")",
                  message == null ? "" : "; " + message));
    }
    return lines;
  }

  /** One line that tells how far a run has come. */
  static String line(Summary summary, int second) {
    ResponseTimes times = summary.responseTime();
    return "%5d s  %s  users %d  requests %d  failures %d  p50 %s  p95 %s  (model: %s)"
        .formatted(
            second,
            summary.phase(),
            summary.users(),
            summary.requests(),
            summary.failures(),
            times == null ? "-" : millis(times.p50Micros()),
            times == null ? "-" : millis(times.p95Micros()),
            summary.model().word());
  }

  private static List<String> row(
      String method,
      String name,
      long requests,
      long failures,
      long milliPerSecond,
      @Nullable ResponseTimes times) {
    GiveWay.ifDue();
    String share =
        failures == 0
            ? "0"
            : String.format(Locale.ROOT, "%d (%.1f %%)", failures, 100.0 * failures / requests);
    return List.of(
        method,
        name.length() > WIDEST_NAME ? name.substring(0, WIDEST_NAME - 1) + "…" : name,
        Long.toString(requests),
        share,
        String.format(Locale.ROOT, "%.1f", milliPerSecond / 1000.0),
        times == null ? "-" : millis(times.p50Micros()),
        times == null ? "-" : millis(times.p95Micros()),
        times == null ? "-" : millis(times.p99Micros()),
        times == null ? "-" : millis(times.maxMicros()));
  }

  static String millis(long micros) {
    return String.format(Locale.ROOT, micros < 10_000 ? "%.1f ms" : "%.0f ms", micros / 1000.0);
  }

  /** Columns as wide as their widest field: the first two to the left, figures to the right. */
  private static List<String> aligned(List<List<String>> rows) {
    int[] widths = new int[HEADER.size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    List<String> lines = new ArrayList<>();
    for (List<String> row : rows) {
      StringBuilder line = new StringBuilder();
      for (int i = 0; i < widths.length; i++) {
        String pad = " ".repeat(widths[i] - row.get(i).length());
        line.append(i < 2 ? row.get(i) + pad : pad + row.get(i)).append("  ");
      }
      lines.add(line.toString().stripTrailing());
    }
    return lines;
  }
}
