package dev.squall.runner.recording;

/**
 * How often requests of one series failed for one reason.
 *
 * @param series name of the series
 * @param method HTTP method of the series
 * @param kind kind of the failure
 * @param reason what is wrong, free of values that vary from request to request
 * @param count number of failures, at least 1
 * @param firstSeenEpochMillis wall time of the first, milliseconds since 1970
 * @param lastSeenEpochMillis wall time of the last, milliseconds since 1970
 */
public record FailureCount(
    String series,
    String method,
    FailureKind kind,
    String reason,
    long count,
    long firstSeenEpochMillis,
    long lastSeenEpochMillis) {

  /** This and another count of the same failure as one. */
  public FailureCount plus(FailureCount other) {
    return new FailureCount(
        series,
        method,
        kind,
        reason,
        count + other.count,
        Math.min(firstSeenEpochMillis, other.firstSeenEpochMillis),
        Math.max(lastSeenEpochMillis, other.lastSeenEpochMillis));
  }
}
