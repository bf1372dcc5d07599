package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop recorded since the last cut. Its event loop alone writes to it; once swapped
 * out, the cutting thread alone reads and {@link #reset resets} it. Recording a series that has
 * been seen before allocates nothing.
 */
public final class Interval {
  /** Distinct reasons kept for each series and kind; a target that varies its texts ends here. */
  static final int MAX_REASONS = 100;

  static final String OTHER_REASONS = "other reasons";

  private final List<Name> names;
  private final @Nullable Row[] rows;
  private long interrupted;

  /** Nothing recorded yet, for series by their number. */
  public Interval(List<Name> names) {
    this.names = List.copyOf(names);
    this.rows = new Row[names.size()];
  }

  /**
   * Name of a series.
   *
   * @param series the name
   * @param method its HTTP method
   */
  public record Name(String series, String method) {}

  private static final class Row {
    private long requests;
    private long failed;
    private long contentBytes;
    private final Times responseTime = new Times();
    private final Times serviceTime = new Times();
    private final Map<FailureKind, Map<String, Failure>> failures =
        new EnumMap<>(FailureKind.class);
  }

  private static final class Failure {
    private long count;
    private long firstSeen = Long.MAX_VALUE;
    private long lastSeen = Long.MIN_VALUE;
  }

  /**
   * Counts a completed request whose request was sent.
   *
   * @param series number of the series
   * @param intendedNanos when it should have been sent
   * @param sentNanos when it was sent
   * @param doneNanos when the last byte was read, or the failure seen
   * @param contentBytes bytes of the answer's body
   */
  public void record(
      int series, long intendedNanos, long sentNanos, long doneNanos, long contentBytes) {
    Row row = row(series);
    row.requests++;
    row.contentBytes += contentBytes;
    row.responseTime.record(doneNanos - intendedNanos);
    row.serviceTime.record(doneNanos - sentNanos);
  }

  /** Counts a completed request that was never sent: it has a response time alone. */
  public void recordUnsent(int series, long intendedNanos, long doneNanos) {
    Row row = row(series);
    row.requests++;
    row.responseTime.record(doneNanos - intendedNanos);
  }

  /** Counts the request just recorded as a failure. */
  public void fail(int series, FailureKind kind, String reason, long epochMillis) {
    Row row = row(series);
    row.failed++;
    Map<String, Failure> reasons = row.failures.computeIfAbsent(kind, k -> new HashMap<>());
    Failure failure = reasons.get(reason);
    if (failure == null) {
      failure =
          reasons.computeIfAbsent(
              reasons.size() < MAX_REASONS ? reason : OTHER_REASONS, r -> new Failure());
    }
    failure.count++;
    failure.firstSeen = Math.min(failure.firstSeen, epochMillis);
    failure.lastSeen = Math.max(failure.lastSeen, epochMillis);
  }

  /** Counts a request that was cut off. */
  public void interrupted() {
    interrupted++;
  }

  private Row row(int series) {
    Row row = rows[series];
    if (row == null) {
      row = new Row();
      rows[series] = row;
    }
    return row;
  }

  /** Forgets everything, keeps the memory of the histograms. */
  public void reset() {
    interrupted = 0;
    for (Row row : rows) {
      if (row != null && row.requests > 0) {
        row.requests = 0;
        row.failed = 0;
        row.contentBytes = 0;
        row.responseTime.reset();
        row.serviceTime.reset();
        row.failures.clear();
      }
    }
  }

  /**
   * The intervals of all event loops as one snapshot.
   *
   * @param number number of the interval
   * @param users users running at the cut
   * @param last whether nothing comes after
   * @param loops what each event loop recorded, of the same series; at least one
   */
  public static Snapshot snapshot(int number, int users, boolean last, List<Interval> loops) {
    List<Name> names = loops.getFirst().names;
    List<SeriesSnapshot> series = new ArrayList<>();
    List<FailureCount> failures = new ArrayList<>();
    for (int i = 0; i < names.size(); i++) {
      int at = i;
      List<Row> rows = new ArrayList<>();
      for (Interval loop : loops) {
        Row row = loop.rows[at];
        if (row != null && row.requests > 0) {
          rows.add(row);
        }
      }
      if (!rows.isEmpty()) {
        series.add(merged(names.get(i), rows));
        failures.addAll(failures(names.get(i), rows));
      }
    }
    long interrupted = loops.stream().mapToLong(loop -> loop.interrupted).sum();
    return new Snapshot(number, users, interrupted, last, series, failures);
  }

  private static SeriesSnapshot merged(Name name, List<Row> rows) {
    long requests = 0;
    long failed = 0;
    long contentBytes = 0;
    Times responseTime = new Times();
    Times serviceTime = new Times();
    for (Row row : rows) {
      requests += row.requests;
      failed += row.failed;
      contentBytes += row.contentBytes;
      responseTime.add(row.responseTime);
      serviceTime.add(row.serviceTime);
    }
    return new SeriesSnapshot(
        name.series(), name.method(), requests, failed, responseTime, serviceTime, contentBytes);
  }

  private static List<FailureCount> failures(Name name, List<Row> rows) {
    Map<FailureKind, Map<String, FailureCount>> merged = new EnumMap<>(FailureKind.class);
    for (Row row : rows) {
      row.failures.forEach(
          (kind, reasons) ->
              reasons.forEach(
                  (reason, failure) ->
                      merged
                          .computeIfAbsent(kind, k -> new HashMap<>())
                          .merge(
                              reason,
                              new FailureCount(
                                  name.series(),
                                  name.method(),
                                  kind,
                                  reason,
                                  failure.count,
                                  failure.firstSeen,
                                  failure.lastSeen),
                              FailureCount::plus)));
    }
    return merged.values().stream().flatMap(reasons -> reasons.values().stream()).toList();
  }
}
