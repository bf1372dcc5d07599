package dev.squall.runner.results;

import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Levels;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Recorded;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.StreamTimes;
import dev.squall.runner.recording.Times;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Makes snapshots for tests. */
public final class Seconds {
  private final int interval;
  private final int users;
  private final List<SeriesSnapshot> series = new ArrayList<>();
  private final List<FailureCount> failures = new ArrayList<>();
  private long interrupted;
  private boolean last;
  private String load = "";

  private Seconds(int interval, int users) {
    this.interval = interval;
    this.users = users;
  }

  public static Seconds of(int interval, int users) {
    return new Seconds(interval, users);
  }

  /** What follows is of a load that is counted apart. */
  public Seconds load(String name) {
    load = name;
    return this;
  }

  /** Requests of a series with these response times in ms; service times are half of them. */
  public Seconds requests(String name, String method, double... millis) {
    return failing(name, method, 0, millis);
  }

  /** A streamed answer of a series: times of its units in ms, from the one before. */
  public Seconds stream(String name, String method, double first, double... between) {
    StreamTimes times = StreamTimes.none();
    times.first().record(Math.round(first * 1e6));
    for (double one : between) {
      times.between().record(Math.round(one * 1e6));
    }
    Times response = new Times();
    response.record(Math.round((first + Arrays.stream(between).sum()) * 1e6));
    series.add(
        new SeriesSnapshot(name, method, load, 1, 0, response, response, new Times(), 10, times));
    return this;
  }

  /** The same, of which the first are failures of status 500. */
  public Seconds failing(String name, String method, int failed, double... millis) {
    Times response = new Times();
    Times service = new Times();
    for (double one : millis) {
      response.record(Math.round(one * 1e6));
      service.record(Math.round(one * 5e5));
    }
    series.add(
        new SeriesSnapshot(
            name,
            method,
            load,
            millis.length,
            failed,
            response,
            service,
            new Times(),
            30L * millis.length,
            StreamTimes.none()));
    if (failed > 0) {
      failure(name, method, FailureKind.STATUS, "500 Internal Server Error", failed);
    }
    return this;
  }

  public Seconds failure(String name, String method, FailureKind kind, String reason, long count) {
    long at = 1_795_531_876_000L + 1000L * interval;
    failures.add(new FailureCount(name, method, kind, reason, count, at - 900, at - 100));
    return this;
  }

  public Seconds interrupted(long count) {
    interrupted = count;
    return this;
  }

  public Seconds last() {
    last = true;
    return this;
  }

  public Snapshot cut() {
    long requests = series.stream().mapToLong(SeriesSnapshot::requests).sum();
    long failed = series.stream().mapToLong(SeriesSnapshot::failures).sum();
    return new Snapshot(
        interval,
        last,
        new Levels(users, 0, 0),
        List.of(
            new LoadCounts(
                load.isEmpty() ? "all" : load,
                false,
                requests + interrupted,
                requests,
                failed,
                0,
                interrupted)),
        new Recorded(series, failures),
        Recorded.NONE,
        new Times(),
        List.of(),
        new ConnectionCounts(),
        Optional.empty());
  }
}
