package dev.squall.runner.recording;

import java.util.List;

/**
 * What a runner cut for one interval. Snapshots of an engine's life add up to everything it did:
 * each completed request is in exactly one of them.
 *
 * @param interval number of the interval; numbered from 1: interval k ends about k seconds after
 *     the start instant
 * @param users users running at the cut
 * @param interrupted requests cut off in this interval, by the end of the graceful stop or an
 *     abort; neither success nor failure
 * @param last whether the engine had finished before the cut, so that no later snapshot holds
 *     anything
 * @param series series that completed a request in this interval
 * @param failures failures of this interval by series, kind and reason
 */
public record Snapshot(
    int interval,
    int users,
    long interrupted,
    boolean last,
    List<SeriesSnapshot> series,
    List<FailureCount> failures) {

  /** Copies the lists. */
  public Snapshot {
    series = List.copyOf(series);
    failures = List.copyOf(failures);
  }

  /** Completed requests of all series. */
  public long requests() {
    return series.stream().mapToLong(SeriesSnapshot::requests).sum();
  }
}
