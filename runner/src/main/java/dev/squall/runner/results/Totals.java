package dev.squall.runner.results;

import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FirstAnswer;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.MergedSeries;
import dev.squall.runner.recording.QueryTimes;
import dev.squall.runner.recording.Recorded;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.Times;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A run's seconds added up, each merged over its runners. Not thread-safe: one thread adds and
 * reads.
 */
public final class Totals {
  /** Name of the whole, as in Locust's files. */
  public static final String WHOLE = "Aggregated";

  private final Merged merged = new Merged();

  /** Of loads counted apart; also in the whole. */
  private final MergedSeries apart = new MergedSeries();

  /** The last second in which a load had something to do. */
  private final Map<String, Integer> lastSeconds = new HashMap<>();

  private int users;
  private int peakUsers;
  private int intervals;

  /** Adds the next second. */
  public void add(Snapshot interval) {
    merged.add(interval.ofAllLoads());
    apart.add(
        new Recorded(
            interval.series().stream().filter(one -> !one.load().isEmpty()).toList(), List.of()));
    for (LoadCounts load : interval.loads()) {
      if (load.offered() > 0 || load.requests() > 0) {
        lastSeconds.put(load.load(), interval.interval());
      }
    }
    users = interval.users();
    peakUsers = Math.max(peakUsers, users);
    intervals = Math.max(intervals, interval.interval());
  }

  /** The whole, named {@link #WHOLE}, with no method. */
  public SeriesSnapshot whole() {
    return merged.total(WHOLE);
  }

  /** Each series that has a sample, by name then method. */
  public List<SeriesSnapshot> series() {
    return merged.series();
  }

  /** The series of a load that is counted apart; none of another. */
  public List<SeriesSnapshot> series(String load) {
    return apart.series().stream().filter(one -> one.load().equals(load)).toList();
  }

  /** Number of the last second in which a load offered or completed a request, 0 before. */
  public int lastSecond(String load) {
    return lastSeconds.getOrDefault(load, 0);
  }

  /** Reasons of failures, most frequent first. */
  public List<FailureCount> failures() {
    return merged.failures();
  }

  /** Counts of each load, warm-up ones among them. */
  public List<LoadCounts> loads() {
    return merged.loads();
  }

  /** Of loads that send one query at a time, how long queries took. */
  public List<QueryTimes> queries() {
    return merged.queries();
  }

  /** What the warm-up loads did, as one series. */
  public SeriesSnapshot warmUp() {
    return merged.warmUpTotal("warm-up");
  }

  /** How late the engines themselves were. */
  public Times lateness() {
    return merged.lateness();
  }

  /** What opening connections took, and what went to which address. */
  public ConnectionCounts connections() {
    return merged.connections();
  }

  /** The first whole answer, of any load. */
  public Optional<FirstAnswer> firstAnswer() {
    return merged.firstAnswer();
  }

  /** Requests cut off at the end of the graceful stop. */
  public long interrupted() {
    return merged.interrupted();
  }

  /** Users at the end of the last interval added. */
  public int users() {
    return users;
  }

  /** Most users at the end of any interval. */
  public int peakUsers() {
    return peakUsers;
  }

  /** Number of the last interval added: seconds since the start. */
  public int intervals() {
    return intervals;
  }
}
