package dev.squall.runner.recording;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Snapshots of any runners and intervals added up, without loss; their levels excepted. Not
 * thread-safe. Adding the same snapshot twice counts it twice: keeping track is the caller's.
 */
public final class Merged {
  private final MergedSeries result = new MergedSeries();
  private final MergedSeries warmUp = new MergedSeries();
  private final Map<String, LoadCounts> loads = new LinkedHashMap<>();
  private final Times lateness = new Times();
  private final Map<String, QueryTimes> queries = new LinkedHashMap<>();
  private final ConnectionCounts connections = new ConnectionCounts();
  private Optional<FirstAnswer> firstAnswer = Optional.empty();

  /** Adds all that a snapshot holds, but its levels. */
  public void add(Snapshot snapshot) {
    result.add(snapshot.result());
    warmUp.add(snapshot.warmUp());
    snapshot.loads().forEach(this::add);
    lateness.add(snapshot.lateness());
    snapshot.queries().forEach(this::add);
    connections.add(snapshot.connections());
    first(snapshot.firstAnswer());
  }

  /** Adds all that another object holds. */
  public void add(Merged other) {
    result.add(other.result.recorded());
    warmUp.add(other.warmUp.recorded());
    other.loads.values().forEach(this::add);
    lateness.add(other.lateness);
    other.queries.values().forEach(this::add);
    connections.add(other.connections);
    first(other.firstAnswer);
  }

  private void add(LoadCounts counts) {
    loads.merge(counts.load(), counts, LoadCounts::plus);
  }

  private void add(QueryTimes more) {
    queries
        .computeIfAbsent(more.load(), load -> new QueryTimes(load, more.warmUp(), new Times()))
        .times()
        .add(more.times());
  }

  private void first(Optional<FirstAnswer> other) {
    other.ifPresent(
        one -> firstAnswer = Optional.of(firstAnswer.map(mine -> mine.earlier(one)).orElse(one)));
  }

  /**
   * What counts: series by name, then method, and failures, the most frequent first. The times are
   * live: they change with the next {@code add}.
   */
  public Recorded result() {
    return result.recorded();
  }

  /** What warm-up loads did, in the same way. */
  public Recorded warmUp() {
    return warmUp.recorded();
  }

  /**
   * Each series of the result that has a completed request, by name, then method, then load that is
   * counted apart; times live.
   */
  public List<SeriesSnapshot> series() {
    return result.series();
  }

  /**
   * All series of the result as one.
   *
   * @param name name of the result, such as {@code Aggregated}
   */
  public SeriesSnapshot total(String name) {
    return result.total(name);
  }

  /** All series of the warm-up loads as one, by this name. */
  public SeriesSnapshot warmUpTotal(String name) {
    return warmUp.total(name);
  }

  /** Failures of the result by series, kind and reason, the most frequent first. */
  public List<FailureCount> failures() {
    return result.failures();
  }

  /** Counts of each load, warm-up ones among them, in the order in which they were first seen. */
  public List<LoadCounts> loads() {
    return List.copyOf(loads.values());
  }

  /** How late the engines themselves were; live. */
  public Times lateness() {
    return lateness;
  }

  /** Of loads that send one query at a time, how long queries took; live. */
  public List<QueryTimes> queries() {
    return List.copyOf(queries.values());
  }

  /** What opening connections took, and what went to which address, warm-up among it; live. */
  public ConnectionCounts connections() {
    return connections;
  }

  /** The first whole answer of any engine. */
  public Optional<FirstAnswer> firstAnswer() {
    return firstAnswer;
  }

  /** Completed requests of the result. */
  public long requests() {
    return result.requests();
  }

  /** Failures among the completed requests of the result. */
  public long failedRequests() {
    return result.failedRequests();
  }

  /** Requests of the result that were cut off, neither success nor failure. */
  public long interrupted() {
    return loads.values().stream()
        .filter(load -> !load.warmUp())
        .mapToLong(LoadCounts::interrupted)
        .sum();
  }
}
