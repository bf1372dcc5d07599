package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The series of one event loop: a block of rows for the result, one for what warm-up loads do, and
 * one for each load that is counted apart. A request is in one row, whatever its load, and a row is
 * made at its first sample, so a load counted apart costs what it sends. One writer.
 */
final class SeriesRows {
  private static final int RESULT = 0;
  private static final int WARM_UP = 1;
  private static final int FIRST_APART = 2;

  private final List<Interval.Name> names;

  /** For each block, its load's name; the first two are of no single load. */
  private final List<String> blocks = new ArrayList<>(List.of("", ""));

  /** Where a load's series begin among the rows. */
  private final int[] firstRow;

  private final @Nullable SeriesRow[] rows;

  SeriesRows(List<Interval.Name> names, List<Interval.LoadName> loads) {
    this.names = names;
    this.firstRow = new int[loads.size()];
    for (int load = 0; load < firstRow.length; load++) {
      firstRow[load] = block(loads.get(load)) * names.size();
    }
    this.rows = new SeriesRow[blocks.size() * names.size()];
  }

  private int block(Interval.LoadName load) {
    if (load.warmUp()) {
      return WARM_UP;
    }
    if (!load.apart()) {
      return RESULT;
    }
    blocks.add(load.load());
    return blocks.size() - 1;
  }

  SeriesRow row(int load, int series) {
    int at = firstRow[load] + series;
    SeriesRow row = rows[at];
    if (row == null) {
      row = new SeriesRow();
      rows[at] = row;
    }
    return row;
  }

  void reset() {
    for (SeriesRow row : rows) {
      if (row != null) {
        row.reset();
      }
    }
  }

  /** What counts, of event loops of the same series and loads. */
  static Recorded result(List<SeriesRows> loops) {
    int blocks = loops.getFirst().blocks.size();
    int[] all = new int[blocks - 1];
    Arrays.setAll(all, i -> i == RESULT ? RESULT : FIRST_APART + i - 1);
    return recorded(loops, all);
  }

  /** What their warm-up loads did. */
  static Recorded warmUp(List<SeriesRows> loops) {
    return recorded(loops, WARM_UP);
  }

  private static Recorded recorded(List<SeriesRows> loops, int... blocks) {
    SeriesRows any = loops.getFirst();
    List<SeriesSnapshot> series = new ArrayList<>();
    List<FailureCount> failures = new ArrayList<>();
    for (int i = 0; i < any.names.size(); i++) {
      Interval.Name name = any.names.get(i);
      List<SeriesRow> all = new ArrayList<>();
      for (int block : blocks) {
        int at = block * any.names.size() + i;
        List<SeriesRow> rows =
            loops.stream().flatMap(loop -> Stream.ofNullable(loop.at(at))).toList();
        if (!rows.isEmpty()) {
          series.add(SeriesRow.merged(name, any.blocks.get(block), rows));
          all.addAll(rows);
        }
      }
      failures.addAll(SeriesRow.failures(name, all));
    }
    return new Recorded(series, failures);
  }

  private @Nullable SeriesRow at(int at) {
    SeriesRow row = rows[at];
    return row == null || row.empty() ? null : row;
  }
}
