package dev.squall.runner.cli;

import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.runner.coordinator.SearchNow;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * A logarithmic axis of response times in characters, so that rows under one another draw the curve
 * of a search; pure.
 *
 * @param least µs at the axis' left end
 * @param most µs at its right end
 * @param limit µs that a threshold allows, drawn in each row
 */
record TimeAxis(double least, double most, OptionalDouble limit) {
  private static final int WIDTH = 24;
  private static final double MICROS_PER_MILLI = 1000;

  /** Wide enough for all levels and the threshold's limit. */
  static TimeAxis of(List<LevelResult> levels, Optional<SearchNow> search) {
    OptionalDouble limit =
        search.stream()
            .map(SearchNow::limitMillis)
            .filter(Objects::nonNull)
            .mapToDouble(millis -> millis * MICROS_PER_MILLI)
            .findFirst();
    double least = limit.orElse(Double.POSITIVE_INFINITY);
    double most = limit.orElse(1);
    for (LevelResult one : levels) {
      double micros = (double) Math.max(1, one.responseTimeMicros());
      least = Math.min(least, micros);
      most = Math.max(most, micros);
    }
    return new TimeAxis(least, most, limit);
  }

  private int place(double micros) {
    if (most <= least) {
      return 0;
    }
    double share = Math.log(Math.max(least, micros) / least) / Math.log(most / least);
    return (int) Math.round(share * (WIDTH - 1));
  }

  /** The axis' title, the limit's above its place. */
  String header() {
    if (limit.isEmpty()) {
      return "-".repeat(WIDTH);
    }
    String text = "< " + ResultTable.millis(Math.round(limit.getAsDouble()));
    int end = Math.max(text.length(), Math.min(WIDTH, place(limit.getAsDouble()) + 1));
    return " ".repeat(end - text.length()) + text + " ".repeat(WIDTH - end);
  }

  /** A level's row: a full point for one that confirms. */
  String row(long micros, boolean confirms) {
    char[] row = new char[WIDTH];
    Arrays.fill(row, ' ');
    limit.ifPresent(at -> row[place(at)] = '┊');
    row[place((double) micros)] = confirms ? '◆' : '●';
    return new String(row);
  }
}
