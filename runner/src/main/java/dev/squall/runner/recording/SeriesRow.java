package dev.squall.runner.recording;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** One series on one event loop since the last cut. One writer. */
final class SeriesRow {
  /** Distinct reasons kept for each series and kind; a target that varies its texts ends here. */
  static final int MAX_REASONS = 100;

  static final String OTHER_REASONS = "other reasons";

  private long requests;
  private long failed;
  private long contentBytes;
  private final Times responseTime = new Times();
  private final Times serviceTime = new Times();
  private final Times queueing = new Times();
  private final StreamTimes stream = StreamTimes.none();
  private final Map<FailureKind, Map<String, Failure>> failures = new EnumMap<>(FailureKind.class);

  private static final class Failure {
    private long count;
    private long firstSeen = Long.MAX_VALUE;
    private long lastSeen = Long.MIN_VALUE;
  }

  boolean empty() {
    return requests == 0 && stream.isEmpty();
  }

  /** The first unit of a streamed answer came. */
  void firstUnit(long sinceSentNanos) {
    stream.first().recordDelay(sinceSentNanos);
  }

  /** Further units came in one read. */
  void units(long sinceLastNanos, int count) {
    stream.between().recordDelay(sinceLastNanos);
    stream.between().recordNoDelay(count - 1);
  }

  void record(long responseNanos, long serviceNanos, long queueingNanos, long bytes) {
    requests++;
    contentBytes += bytes;
    responseTime.record(responseNanos);
    serviceTime.record(serviceNanos);
    queueing.recordDelay(queueingNanos);
  }

  void recordUnsent(long responseNanos) {
    requests++;
    responseTime.record(responseNanos);
  }

  void fail(FailureKind kind, String reason, long epochMillis) {
    failed++;
    Map<String, Failure> reasons = failures.computeIfAbsent(kind, k -> new HashMap<>());
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

  void reset() {
    if (!empty()) {
      stream.reset();
      requests = 0;
      failed = 0;
      contentBytes = 0;
      responseTime.reset();
      serviceTime.reset();
      queueing.reset();
      failures.clear();
    }
  }

  /** The rows of one series as one, of one load where that is counted apart. */
  static SeriesSnapshot merged(Interval.Name name, String load, List<SeriesRow> rows) {
    long requests = 0;
    long failed = 0;
    long contentBytes = 0;
    Times responseTime = new Times();
    Times serviceTime = new Times();
    Times queueing = new Times();
    StreamTimes stream = StreamTimes.none();
    for (SeriesRow row : rows) {
      requests += row.requests;
      failed += row.failed;
      contentBytes += row.contentBytes;
      responseTime.add(row.responseTime);
      serviceTime.add(row.serviceTime);
      queueing.add(row.queueing);
      stream.add(row.stream);
    }
    return new SeriesSnapshot(
        name.series(),
        name.method(),
        load,
        requests,
        failed,
        responseTime,
        serviceTime,
        queueing,
        contentBytes,
        stream);
  }

  /** The failures in the rows of one series. */
  static List<FailureCount> failures(Interval.Name name, List<SeriesRow> rows) {
    Map<FailureKind, Map<String, FailureCount>> merged = new EnumMap<>(FailureKind.class);
    for (SeriesRow row : rows) {
      row.failures.forEach(
          (kind, reasons) ->
              reasons.forEach(
                  (reason, failure) ->
                      merged
                          .computeIfAbsent(kind, k -> new HashMap<>())
                          .merge(reason, count(name, kind, reason, failure), FailureCount::plus)));
    }
    List<FailureCount> all = new ArrayList<>();
    merged.values().forEach(reasons -> all.addAll(reasons.values()));
    return all;
  }

  private static FailureCount count(
      Interval.Name name, FailureKind kind, String reason, Failure failure) {
    return new FailureCount(
        name.series(),
        name.method(),
        kind,
        reason,
        failure.count,
        failure.firstSeen,
        failure.lastSeen);
  }
}
