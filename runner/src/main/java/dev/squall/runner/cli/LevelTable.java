package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.wire.Summary;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The levels of a search, a row each; pure. */
final class LevelTable {
  private static final double MILLI = 1000;
  private static final double MILLION = 1e6;

  private LevelTable() {}

  /** The lines; none for a run without a search. */
  static List<String> of(Summary summary) {
    CapacityStatus capacity = summary.capacity();
    List<LevelResult> levels = capacity == null ? summary.sweep() : capacity.curve();
    if (levels.isEmpty()) {
      return List.of();
    }
    List<String> lines = new ArrayList<>();
    lines.add("");
    String percentile = "p" + plain(levels.getFirst().milliPercentile());
    lines.add(
        "%12s  %12s  %10s  %10s  %10s  %8s  %s"
            .formatted("Level", "Requests/s", percentile, "Failures", "In flight", "Seconds", ""));
    for (LevelResult one : levels) {
      String message = one.message();
      lines.add(
          "%12s  %12s  %10s  %8s %%  %10d  %8d  %s%s%s"
              .formatted(
                  plain(one.milliLevel()),
                  String.format(Locale.ROOT, "%.1f", one.milliRequestsPerSecond() / MILLI),
                  ResultTable.millis(one.responseTimeMicros()),
                  String.format(Locale.ROOT, "%.2f", 100 * one.failuresPerMillion() / MILLION),
                  one.inFlight(),
                  one.seconds(),
                  one.outcome(),
                  one.confirms() ? " (confirms)" : "",
                  message == null ? "" : ": " + message));
    }
    return lines;
  }

  private static String plain(long milli) {
    return milli % 1000 == 0
        ? Long.toString(milli / 1000)
        : String.format(Locale.ROOT, "%.1f", milli / MILLI);
  }
}
