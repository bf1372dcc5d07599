package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Series and failures of any runners and intervals added up, without loss. Not thread-safe. */
public final class MergedSeries {
  private final Map<Key, Row> rows = new TreeMap<>();
  private final Map<Reason, FailureCount> failures = new TreeMap<>();

  private record Key(String name, String method, String load) implements Comparable<Key> {
    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::name).thenComparing(Key::method).thenComparing(Key::load);

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
    private final Times queueing = new Times();
    private final StreamTimes stream = StreamTimes.none();

    void add(SeriesSnapshot more) {
      requests += more.requests();
      failures += more.failures();
      contentBytes += more.contentBytes();
      responseTime.add(more.responseTime());
      serviceTime.add(more.serviceTime());
      queueing.add(more.queueing());
      stream.add(more.stream());
    }

    SeriesSnapshot view(Key key) {
      return new SeriesSnapshot(
          key.name(),
          key.method(),
          key.load(),
          requests,
          failures,
          responseTime,
          serviceTime,
          queueing,
          contentBytes,
          stream);
    }
  }

  /** Adds all of it. */
  public void add(Recorded more) {
    for (SeriesSnapshot series : more.series()) {
      rows.computeIfAbsent(new Key(series.name(), series.method(), series.load()), key -> new Row())
          .add(series);
    }
    for (FailureCount failure : more.failures()) {
      failures.merge(
          new Reason(
              new Key(failure.series(), failure.method(), ""), failure.kind(), failure.reason()),
          failure,
          FailureCount::plus);
    }
  }

  Recorded recorded() {
    return new Recorded(series(), failures());
  }

  /** By name, then method, then load; times live. */
  public List<SeriesSnapshot> series() {
    List<SeriesSnapshot> all = new ArrayList<>();
    rows.forEach((key, row) -> all.add(row.view(key)));
    return all;
  }

  SeriesSnapshot total(String name) {
    Row total = new Row();
    rows.forEach((key, row) -> total.add(row.view(key)));
    return total.view(new Key(name, "", ""));
  }

  /** The most frequent first. */
  List<FailureCount> failures() {
    return failures.values().stream()
        .sorted(Comparator.comparingLong(FailureCount::count).reversed())
        .toList();
  }

  long requests() {
    return rows.values().stream().mapToLong(row -> row.requests).sum();
  }

  long failedRequests() {
    return rows.values().stream().mapToLong(row -> row.failures).sum();
  }
}
