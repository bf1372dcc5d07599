package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The intervals of an engine's event loops, of the same series and loads, as one snapshot; pure.
 */
final class IntervalSum {
  private IntervalSum() {}

  static Snapshot snapshot(
      int number, Levels levels, boolean last, List<Interval> loops, ConnectionCounts shared) {
    Interval any = loops.getFirst();
    Times lateness = new Times();
    ConnectionCounts connections = new ConnectionCounts();
    connections.add(shared);
    for (Interval loop : loops) {
      lateness.add(loop.lateness());
      connections.add(loop.connections());
    }
    List<LoadCounts> counts = new ArrayList<>();
    for (int load = 0; load < any.loads().size(); load++) {
      int at = load;
      loops.stream().map(loop -> loop.counts(at)).reduce(LoadCounts::plus).ifPresent(counts::add);
    }
    Optional<FirstAnswer> first =
        loops.stream()
            .map(Interval::firstAnswer)
            .filter(Objects::nonNull)
            .reduce(FirstAnswer::earlier);
    return new Snapshot(
        number,
        last,
        levels,
        counts,
        recorded(any.names(), 0, loops),
        recorded(any.names(), any.names().size(), loops),
        lateness,
        queryTimes(loops),
        connections,
        first);
  }

  private static List<QueryTimes> queryTimes(List<Interval> loops) {
    List<QueryTimes> all = new ArrayList<>();
    List<Interval.LoadName> names = loops.getFirst().loads();
    for (int load = 0; load < names.size(); load++) {
      Times sum = new Times();
      for (Interval loop : loops) {
        Times times = loop.queries(load);
        if (times != null) {
          sum.add(times);
        }
      }
      if (sum.count() > 0) {
        all.add(new QueryTimes(names.get(load).load(), names.get(load).warmUp(), sum));
      }
    }
    return all;
  }

  private static Recorded recorded(List<Interval.Name> names, int firstRow, List<Interval> loops) {
    List<SeriesSnapshot> series = new ArrayList<>();
    List<FailureCount> failures = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int at = firstRow + i;
      List<SeriesRow> rows =
          loops.stream().flatMap(loop -> Stream.ofNullable(loop.row(at))).toList();
      if (!rows.isEmpty()) {
        series.add(SeriesRow.merged(names.get(i), rows));
        failures.addAll(SeriesRow.failures(names.get(i), rows));
      }
    }
    return new Recorded(series, failures);
  }
}
