package dev.squall.runner.recording;

/**
 * What one load did, in requests. Of each span of time, {@code offered} equals {@code requests +
 * dropped + interrupted} and what more is outstanding at its end than at its beginning; over a
 * whole run nothing is outstanding.
 *
 * @param load name of the load
 * @param warmUp whether it is kept apart from the result
 * @param offered requests whose time had come: arrivals due by the schedule, sent or not, and what
 *     users and further steps started
 * @param requests completed ones: answered, failed or timed out
 * @param failures failures among them
 * @param dropped arrivals due but never sent, because no more was allowed in flight
 * @param interrupted requests cut off, or still waiting, at the end of the graceful stop or at an
 *     abort; neither success nor failure
 */
public record LoadCounts(
    String load,
    boolean warmUp,
    long offered,
    long requests,
    long failures,
    long dropped,
    long interrupted) {

  /** Completed requests that are no failures. */
  public long succeeded() {
    return requests - failures;
  }

  /** Offered and neither completed nor dropped nor interrupted; a difference within an interval. */
  public long outstanding() {
    return offered - requests - dropped - interrupted;
  }

  /** These and more counts of the same load. */
  public LoadCounts plus(LoadCounts more) {
    return new LoadCounts(
        load,
        warmUp,
        offered + more.offered,
        requests + more.requests,
        failures + more.failures,
        dropped + more.dropped,
        interrupted + more.interrupted);
  }
}
