package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop recorded since the last cut. Its event loop alone writes to it; once swapped
 * out, the cutting thread alone reads and {@link #reset resets} it. Recording a series that has
 * been seen before allocates nothing.
 */
public final class Interval {
  private final List<Name> names;
  private final List<LoadName> loads;

  /** The series of the result, then those of warm-up loads. */
  private final @Nullable SeriesRow[] rows;

  /** Where a load's series begin among the rows. */
  private final int[] firstRow;

  private final long[] offered;
  private final long[] requests;
  private final long[] failed;
  private final long[] dropped;
  private final long[] interrupted;
  private final Times lateness = new Times();

  /** For each load, made at its first query. */
  private final @Nullable Times[] queries;

  private @Nullable FirstAnswer firstAnswer;

  /**
   * Nothing recorded yet.
   *
   * @param names the series by their number
   * @param loads the loads by their number
   */
  public Interval(List<Name> names, List<LoadName> loads) {
    this.names = List.copyOf(names);
    this.loads = List.copyOf(loads);
    this.rows = new SeriesRow[2 * names.size()];
    this.firstRow = loads.stream().mapToInt(load -> load.warmUp() ? names.size() : 0).toArray();
    this.offered = new long[loads.size()];
    this.requests = new long[loads.size()];
    this.failed = new long[loads.size()];
    this.dropped = new long[loads.size()];
    this.interrupted = new long[loads.size()];
    this.queries = new Times[loads.size()];
  }

  /**
   * Name of a series.
   *
   * @param series the name
   * @param method its HTTP method
   */
  public record Name(String series, String method) {}

  /**
   * Name of a load.
   *
   * @param load the name
   * @param warmUp whether it is kept apart from the result
   */
  public record LoadName(String load, boolean warmUp) {}

  /**
   * Counts a completed request that was sent.
   *
   * @param load number of the load
   * @param series number of the series
   * @param intendedNanos when it should have been sent
   * @param sentNanos when it was sent
   * @param doneNanos when the last byte was read, or the failure seen
   * @param queueingNanos how much of intended to sent is the target's doing
   * @param contentBytes bytes of the answer's body
   */
  public void record(
      int load,
      int series,
      long intendedNanos,
      long sentNanos,
      long doneNanos,
      long queueingNanos,
      long contentBytes) {
    requests[load]++;
    row(load, series)
        .record(doneNanos - intendedNanos, doneNanos - sentNanos, queueingNanos, contentBytes);
    if (firstRow[load] == 0) {
      lateness.recordDelay(sentNanos - intendedNanos - queueingNanos);
    }
  }

  /** Counts a completed request that was never sent: it has a response time alone. */
  public void recordUnsent(int load, int series, long intendedNanos, long doneNanos) {
    requests[load]++;
    row(load, series).recordUnsent(doneNanos - intendedNanos);
  }

  /** Counts the request just recorded as a failure. */
  public void fail(int load, int series, FailureKind kind, String reason, long epochMillis) {
    failed[load]++;
    row(load, series).fail(kind, reason, epochMillis);
  }

  /** Counts requests of a load whose time has come. */
  public void offered(int load, long more) {
    offered[load] += more;
  }

  /** Counts arrivals of a load that are never sent, because no more was allowed in flight. */
  public void dropped(int load, long more) {
    dropped[load] += more;
  }

  /** Counts requests of a load that were cut off. */
  public void interrupted(int load, long more) {
    interrupted[load] += more;
  }

  /** Counts a query of a load that sends one at a time, by how long it took. */
  public void query(int load, long nanos) {
    Times times = queries[load];
    if (times == null) {
      times = new Times();
      queries[load] = times;
    }
    times.record(nanos);
  }

  /** Says which answer was this event loop's first. */
  public void firstAnswer(FirstAnswer first) {
    firstAnswer = first;
  }

  private SeriesRow row(int load, int series) {
    int at = firstRow[load] + series;
    SeriesRow row = rows[at];
    if (row == null) {
      row = new SeriesRow();
      rows[at] = row;
    }
    return row;
  }

  /** Forgets everything, keeps the memory of the histograms. */
  public void reset() {
    for (long[] counts : List.of(offered, requests, failed, dropped, interrupted)) {
      Arrays.fill(counts, 0);
    }
    lateness.reset();
    for (Times times : queries) {
      if (times != null) {
        times.reset();
      }
    }
    firstAnswer = null;
    for (SeriesRow row : rows) {
      if (row != null) {
        row.reset();
      }
    }
  }

  /**
   * The intervals of all event loops as one snapshot.
   *
   * @param number number of the interval
   * @param levels how things stand at the cut, over all event loops
   * @param last whether nothing comes after
   * @param loops what each event loop recorded, of the same series and loads; at least one
   */
  public static Snapshot snapshot(int number, Levels levels, boolean last, List<Interval> loops) {
    Interval any = loops.getFirst();
    Times lateness = new Times();
    loops.forEach(loop -> lateness.add(loop.lateness));
    List<LoadCounts> counts = new ArrayList<>();
    for (int load = 0; load < any.loads.size(); load++) {
      int at = load;
      loops.stream().map(loop -> loop.counts(at)).reduce(LoadCounts::plus).ifPresent(counts::add);
    }
    Optional<FirstAnswer> first =
        loops.stream()
            .map(loop -> loop.firstAnswer)
            .filter(Objects::nonNull)
            .reduce(FirstAnswer::earlier);
    int series = any.names.size();
    return new Snapshot(
        number,
        last,
        levels,
        counts,
        recorded(any.names, 0, loops),
        recorded(any.names, series, loops),
        lateness,
        queryTimes(loops),
        first);
  }

  private static List<QueryTimes> queryTimes(List<Interval> loops) {
    List<QueryTimes> all = new ArrayList<>();
    List<LoadName> names = loops.getFirst().loads;
    for (int load = 0; load < names.size(); load++) {
      Times sum = new Times();
      for (Interval loop : loops) {
        Times times = loop.queries[load];
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

  private LoadCounts counts(int load) {
    LoadName name = loads.get(load);
    return new LoadCounts(
        name.load(),
        name.warmUp(),
        offered[load],
        requests[load],
        failed[load],
        dropped[load],
        interrupted[load]);
  }

  private static Recorded recorded(List<Name> names, int firstRow, List<Interval> loops) {
    List<SeriesSnapshot> series = new ArrayList<>();
    List<FailureCount> failures = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      List<SeriesRow> rows = new ArrayList<>();
      for (Interval loop : loops) {
        SeriesRow row = loop.rows[firstRow + i];
        if (row != null && !row.empty()) {
          rows.add(row);
        }
      }
      if (!rows.isEmpty()) {
        series.add(SeriesRow.merged(names.get(i), rows));
        failures.addAll(SeriesRow.failures(names.get(i), rows));
      }
    }
    return new Recorded(series, failures);
  }
}
