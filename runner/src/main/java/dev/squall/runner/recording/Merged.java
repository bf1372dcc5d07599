package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Snapshots of any runners and intervals added up, without loss. Not thread-safe. Adding the same
 * snapshot twice counts it twice: keeping track is the caller's.
 */
public final class Merged {
  private final Map<Key, Row> rows = new TreeMap<>();
  private final Map<Reason, FailureCount> failures = new TreeMap<>();
  private long interrupted;

  private record Key(String name, String method) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::name).thenComparing(Key::method);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private record Reason(Key series, FailureKind kind, String text) implements Comparable<Reason> {
    private static final Comparator<Reason> ORDER =
        Comparator.comparing(Reason::series)
            .thenComparing(Reason::kind)
            .thenComparing(Reason::text);

    @Override
    public int compareTo(Reason other) {
      return ORDER.compare(this, other);
    }
  }

  private static final class Row {
    private long requests;
    private long failures;
    private long contentBytes;
    private final Times responseTime = new Times();
    private final Times serviceTime = new Times();

    void add(SeriesSnapshot more) {
      requests += more.requests();
      failures += more.failures();
      contentBytes += more.contentBytes();
      responseTime.add(more.responseTime());
      serviceTime.add(more.serviceTime());
    }

    SeriesSnapshot view(Key key) {
      return new SeriesSnapshot(
          key.name(), key.method(), requests, failures, responseTime, serviceTime, contentBytes);
    }
  }

  /** Adds all that a snapshot holds, but its users. */
  public void add(Snapshot snapshot) {
    interrupted += snapshot.interrupted();
    for (SeriesSnapshot series : snapshot.series()) {
      rows.computeIfAbsent(new Key(series.name(), series.method()), key -> new Row()).add(series);
    }
    for (FailureCount failure : snapshot.failures()) {
      failures.merge(
          new Reason(new Key(failure.series(), failure.method()), failure.kind(), failure.reason()),
          failure,
          FailureCount::plus);
    }
  }

  /** Adds all that another object holds. */
  public void add(Merged other) {
    interrupted += other.interrupted;
    other.rows.forEach((key, row) -> rows.computeIfAbsent(key, k -> new Row()).add(row.view(key)));
    other.failures.forEach((key, count) -> failures.merge(key, count, FailureCount::plus));
  }

  /**
   * Each series that has a completed request, by name, then method. Its times are live: they change
   * with the next {@code add}.
   */
  public List<SeriesSnapshot> series() {
    List<SeriesSnapshot> all = new ArrayList<>();
    rows.forEach((key, row) -> all.add(row.view(key)));
    return all;
  }

  /**
   * All series as one.
   *
   * @param name name of the result, such as {@code Aggregated}
   */
  public SeriesSnapshot total(String name) {
    Row total = new Row();
    rows.forEach((key, row) -> total.add(row.view(key)));
    return total.view(new Key(name, ""));
  }

  /** Failures by series, kind and reason, the most frequent first. */
  public List<FailureCount> failures() {
    return failures.values().stream()
        .sorted(Comparator.comparingLong(FailureCount::count).reversed())
        .toList();
  }

  /** Completed requests. */
  public long requests() {
    return rows.values().stream().mapToLong(row -> row.requests).sum();
  }

  /** Failures among the completed requests. */
  public long failedRequests() {
    return rows.values().stream().mapToLong(row -> row.failures).sum();
  }

  /** Requests cut off, neither success nor failure. */
  public long interrupted() {
    return interrupted;
  }
}
