package dev.squall.runner.recording;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one event loop recorded since the last cut. Its event loop alone writes to it; once swapped
 * out, the cutting thread alone reads and {@link #reset resets} it. Recording a series that has
 * been seen before allocates nothing.
 */
public final class Interval {
  private final List<LoadName> loads;
  private final SeriesRows rows;
  private final LoadRow[] counts;
  private final Times lateness = new Times();
  private final ConnectionCounts connections = new ConnectionCounts();
  private @Nullable FirstAnswer firstAnswer;

  /**
   * Nothing recorded yet.
   *
   * @param names the series by their number
   * @param loads the loads by their number
   */
  public Interval(List<Name> names, List<LoadName> loads) {
    this.loads = List.copyOf(loads);
    this.rows = new SeriesRows(List.copyOf(names), this.loads);
    this.counts = this.loads.stream().map(LoadRow::new).toArray(LoadRow[]::new);
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
   * @param apart whether its requests are counted in series of its own, as part of the result
   */
  public record LoadName(String load, boolean warmUp, boolean apart) {
    /** A load whose requests are counted together with those of others. */
    public LoadName(String load, boolean warmUp) {
      this(load, warmUp, false);
    }
  }

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
    LoadRow counted = counts[load];
    counted.requests++;
    rows.row(load, series)
        .record(doneNanos - intendedNanos, doneNanos - sentNanos, queueingNanos, contentBytes);
    if (!counted.warmUp) {
      lateness.recordDelay(sentNanos - intendedNanos - queueingNanos);
    }
  }

  /** Counts a completed request that was never sent: it has a response time alone. */
  public void recordUnsent(int load, int series, long intendedNanos, long doneNanos) {
    counts[load].requests++;
    rows.row(load, series).recordUnsent(doneNanos - intendedNanos);
  }

  /** Counts the request just recorded as a failure. */
  public void fail(int load, int series, FailureKind kind, String reason, long epochMillis) {
    counts[load].failed++;
    rows.row(load, series).fail(kind, reason, epochMillis);
  }

  /** Counts the first unit of a streamed answer, by how long after the request was sent it came. */
  public void firstUnit(int load, int series, long sinceSentNanos) {
    rows.row(load, series).firstUnit(sinceSentNanos);
  }

  /**
   * Counts further units of a streamed answer that came in one read.
   *
   * @param sinceLastNanos how long after the unit before
   * @param count how many, at least 1
   */
  public void units(int load, int series, long sinceLastNanos, int count) {
    rows.row(load, series).units(sinceLastNanos, count);
  }

  /**
   * What opening connections took, and what went to which address: for its event loop to add to.
   */
  public ConnectionCounts connections() {
    return connections;
  }

  /** Counts requests of a load whose time has come. */
  public void offered(int load, long more) {
    counts[load].offered += more;
  }

  /** Counts arrivals of a load that are never sent, because no more was allowed in flight. */
  public void dropped(int load, long more) {
    counts[load].dropped += more;
  }

  /** Counts requests of a load that were cut off. */
  public void interrupted(int load, long more) {
    counts[load].interrupted += more;
  }

  /** Counts a query of a load that sends one at a time, by how long it took. */
  public void query(int load, long nanos) {
    counts[load].query(nanos);
  }

  /** Says which answer was this event loop's first. */
  public void firstAnswer(FirstAnswer first) {
    firstAnswer = first;
  }

  /** Forgets everything, keeps the memory of the histograms. */
  public void reset() {
    for (LoadRow one : counts) {
      one.reset();
    }
    lateness.reset();
    connections.reset();
    firstAnswer = null;
    rows.reset();
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
    return IntervalSum.snapshot(number, levels, last, loops, new ConnectionCounts());
  }

  /**
   * The same with what the event loops share of opening connections: resolving the target's name.
   */
  public static Snapshot snapshot(
      int number, Levels levels, boolean last, List<Interval> loops, ConnectionCounts shared) {
    return IntervalSum.snapshot(number, levels, last, loops, shared);
  }

  SeriesRows rows() {
    return rows;
  }

  List<LoadName> loads() {
    return loads;
  }

  Times lateness() {
    return lateness;
  }

  @Nullable FirstAnswer firstAnswer() {
    return firstAnswer;
  }

  /** What a load did. */
  LoadRow load(int load) {
    return counts[load];
  }
}
