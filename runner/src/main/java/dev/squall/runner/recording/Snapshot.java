package dev.squall.runner.recording;

import java.util.List;
import java.util.Optional;

/**
 * What a runner cut for one interval. Snapshots of an engine's life add up to everything it did:
 * each completed request is in exactly one of them.
 *
 * @param interval number of the interval; numbered from 1: interval k ends about k seconds after
 *     the start instant
 * @param last whether the engine had finished before the cut, so that no later snapshot holds
 *     anything
 * @param levels how things stand at the cut
 * @param loads counts of each load, in the order of the test
 * @param result what counts
 * @param warmUp what warm-up loads did
 * @param lateness intended to sent, less {@link SeriesSnapshot#queueing}: how late the engine
 *     itself was, of every request sent by a load that is no warm-up
 * @param queries of loads that send one query at a time, how long queries took
 * @param connections what opening connections took, and what went to which address
 * @param firstAnswer the engine's first whole answer, in the snapshot of its interval only
 */
public record Snapshot(
    int interval,
    boolean last,
    Levels levels,
    List<LoadCounts> loads,
    Recorded result,
    Recorded warmUp,
    Times lateness,
    List<QueryTimes> queries,
    ConnectionCounts connections,
    Optional<FirstAnswer> firstAnswer) {

  /** Copies the lists. */
  public Snapshot {
    loads = List.copyOf(loads);
    queries = List.copyOf(queries);
  }

  /** Users running at the cut. */
  public int users() {
    return levels.users();
  }

  /** Series of the result that completed a request, those of a load counted apart by themselves. */
  public List<SeriesSnapshot> series() {
    return result.series();
  }

  /** Failures of the result by series, kind and reason. */
  public List<FailureCount> failures() {
    return result.failures();
  }

  /** Completed requests of the result. */
  public long requests() {
    return result.requests();
  }

  /** Requests of the result that were cut off, neither success nor failure. */
  public long interrupted() {
    return loads.stream().filter(l -> !l.warmUp()).mapToLong(LoadCounts::interrupted).sum();
  }

  /** A second in which no engine ran, between two trials of a search. */
  public static Snapshot nothing(int interval) {
    return new Snapshot(
        interval,
        false,
        Levels.NONE,
        List.of(),
        Recorded.NONE,
        Recorded.NONE,
        new Times(),
        List.of(),
        new ConnectionCounts(),
        Optional.empty());
  }

  /** The same, though the engine had finished: another engine's snapshots follow. */
  public Snapshot followed() {
    return last ? with(interval, false, result) : this;
  }

  /** The same as another interval, which others follow. */
  public Snapshot as(int other) {
    return with(other, false, result);
  }

  /** The same with no load counted apart: one series of the result for each name and method. */
  public Snapshot ofAllLoads() {
    if (series().stream().allMatch(one -> one.load().isEmpty())) {
      return this;
    }
    MergedSeries all = new MergedSeries();
    all.add(new Recorded(series().stream().map(SeriesSnapshot::ofAllLoads).toList(), failures()));
    return with(interval, last, all.recorded());
  }

  private Snapshot with(int otherInterval, boolean otherLast, Recorded otherResult) {
    return new Snapshot(
        otherInterval,
        otherLast,
        levels,
        loads,
        otherResult,
        warmUp,
        lateness,
        queries,
        connections,
        firstAnswer);
  }
}
