package dev.squall.runner.recording;

import org.jspecify.annotations.Nullable;

/**
 * What one load did on one event loop since the last cut, as {@link LoadCounts} says. One writer.
 */
final class LoadRow {
  final boolean warmUp;
  long offered;
  long requests;
  long failed;
  long dropped;
  long interrupted;

  private final Interval.LoadName name;

  /** Made at the first query. */
  private @Nullable Times queries;

  LoadRow(Interval.LoadName name) {
    this.name = name;
    this.warmUp = name.warmUp();
  }

  /** Counts a query by how long it took. */
  void query(long nanos) {
    if (queries == null) {
      queries = new Times();
    }
    queries.record(nanos);
  }

  void reset() {
    offered = 0;
    requests = 0;
    failed = 0;
    dropped = 0;
    interrupted = 0;
    if (queries != null) {
      queries.reset();
    }
  }

  LoadCounts counts() {
    return new LoadCounts(
        name.load(), name.warmUp(), offered, requests, failed, dropped, interrupted);
  }

  /** Times of its queries, if it had one. */
  @Nullable Times queries() {
    return queries;
  }
}
