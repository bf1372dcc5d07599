package dev.squall.runner.results;

import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FirstAnswer;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.QueryTimes;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.Times;
import java.util.List;
import java.util.Optional;

/**
 * A run's seconds added up, each merged over its runners. Not thread-safe: one thread adds and
 * reads.
 */
public final class Totals {
  /** Name of the whole, as in Locust's files. */
  public static final String WHOLE = "Aggregated";

  private final Merged merged = new Merged();
  private int users;
  private int peakUsers;
  private int intervals;

  /** Adds the next second. */
  public void add(Snapshot interval) {
    merged.add(interval);
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
