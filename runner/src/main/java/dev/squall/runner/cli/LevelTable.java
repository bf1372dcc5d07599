package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.wire.Summary;
import dev.squall.runner.coordinator.CapacityAnswer;
import dev.squall.runner.coordinator.SearchNow;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * The curve of a search, a row for each level: throughput in figures, response time as a point on a
 * logarithmic axis too; then what is tried now, and the answer; pure.
 */
final class LevelTable {
  private static final double MILLI = 1000;
  private static final double MILLION = 1e6;

  private LevelTable() {}

  /**
   * The lines; none for a run without a search.
   *
   * @param search where it stands
   */
  static List<String> of(Summary summary, Optional<SearchNow> search) {
    CapacityStatus capacity = summary.capacity();
    List<LevelResult> levels = capacity == null ? summary.sweep() : capacity.curve();
    Optional<SearchNow> now = search.filter(s -> !s.over() && summary.verdict() == null);
    if (levels.isEmpty() && now.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    if (!levels.isEmpty()) {
      TimeAxis axis = TimeAxis.of(levels, search);
      lines.add(header(levels.getFirst(), axis));
      levels.forEach(one -> lines.add(row(one, axis)));
    }
    now.ifPresent(one -> lines.add(now(one)));
    Optional.ofNullable(capacity)
        .flatMap(CapacityAnswer::of)
        .ifPresent(answer -> lines.add("Capacity: " + answer));
    return lines;
  }

  private static String header(LevelResult first, TimeAxis axis) {
    boolean batches = first.milliRecordsPerSecond() != null;
    return "%12s  %12s%s  %10s  %s  %10s  %10s  %8s"
        .formatted(
            batches ? "Batch size" : "Level",
            "Requests/s",
            batches ? "  %12s".formatted("Records/s") : "",
            "p" + SearchNow.level(first.milliPercentile()),
            axis.header(),
            "Failures",
            "In flight",
            "Seconds");
  }

  private static String row(LevelResult one, TimeAxis axis) {
    String message = one.message();
    Long records = one.milliRecordsPerSecond();
    return "%12s  %12s%s  %10s  %s  %8s %%  %10d  %8d  %s%s%s"
        .formatted(
            SearchNow.level(one.milliLevel()),
            perSecond(one.milliRequestsPerSecond()),
            records == null ? "" : "  %12s".formatted(perSecond(records)),
            ResultTable.millis(one.responseTimeMicros()),
            axis.row(one.responseTimeMicros(), one.confirms()),
            String.format(Locale.ROOT, "%.2f", 100 * one.failuresPerMillion() / MILLION),
            one.inFlight(),
            one.seconds(),
            one.outcome(),
            one.confirms() ? " (confirms)" : "",
            message == null ? "" : ": " + message);
  }

  private static String now(SearchNow now) {
    Double millis = now.millis();
    String measured =
        now.measuredSeconds() == 0
            ? "the level settles"
            : "%d of at most %s s measured, %s requests/s, p%s %s"
                .formatted(
                    now.measuredSeconds(),
                    SearchNow.level(Math.round(now.mostSeconds() * MILLI)),
                    SearchNow.level(Math.round(now.requestsPerSecond() * MILLI)),
                    SearchNow.level(Math.round(now.percentile() * MILLI)),
                    millis == null ? "-" : ResultTable.millis(Math.round(millis * MILLI)));
    return "Now: trial %d, %s%s%s; %s"
        .formatted(
            now.trial(),
            SearchNow.level(Math.round(now.level() * MILLI)),
            SearchNow.unit(now.of()),
            now.confirms() ? ", confirms" : "",
            measured);
  }

  private static String perSecond(long milli) {
    return String.format(Locale.ROOT, "%.1f", milli / MILLI);
  }
}
