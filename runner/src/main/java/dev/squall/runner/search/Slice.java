package dev.squall.runner.search;

import java.util.List;

/**
 * What was measured in a short part of a trial, a second as a rule.
 *
 * @param seconds its length
 * @param offered arrivals due in it, or for a closed load requests begun
 * @param completed requests that were answered, failed or timed out
 * @param failed those of them that failed
 * @param inFlight requests due and not completed at its end: in flight, and waiting for a free slot
 * @param meanMicros mean response time of the completed ones in µs, 0 if there is none
 * @param batches of those that did not fail, how many batches of records they carried
 * @param counts for each objective of the search, in its order
 */
public record Slice(
    double seconds,
    long offered,
    long completed,
    long failed,
    double inFlight,
    double meanMicros,
    long batches,
    List<Count> counts) {
  public Slice {
    counts = List.copyOf(counts);
  }

  /** Without batches. */
  public Slice(
      double seconds,
      long offered,
      long completed,
      long failed,
      double inFlight,
      double meanMicros,
      List<Count> counts) {
    this(seconds, offered, completed, failed, inFlight, meanMicros, 0, counts);
  }

  /**
   * What one objective counts.
   *
   * @param bad such as those that took as long as the limit or longer
   * @param total of how many
   */
  public record Count(long bad, long total) {}
}
