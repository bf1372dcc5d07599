package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

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
    List<SeriesRows> rows = loops.stream().map(Interval::rows).toList();
    List<LoadCounts> counts = new ArrayList<>();
    for (int load = 0; load < any.loads().size(); load++) {
      int at = load;
      loops.stream()
          .map(loop -> loop.load(at).counts())
          .reduce(LoadCounts::plus)
          .ifPresent(counts::add);
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
        SeriesRows.result(rows),
        SeriesRows.warmUp(rows),
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
        Times times = loop.load(load).queries();
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
}
