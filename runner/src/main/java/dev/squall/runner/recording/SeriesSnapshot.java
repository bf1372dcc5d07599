package dev.squall.runner.recording;

/**
 * What one series did in one interval.
 *
 * @param name name of the series: the task, or {@code <task>/<step>}
 * @param method HTTP method
 * @param load name of the load, if its requests are counted apart; else empty: then of all those
 *     that are not
 * @param requests completed requests: answered, failed or timed out
 * @param failures failures among them
 * @param responseTime intended to last byte of every completed request
 * @param serviceTime sent to last byte; a request that was never sent (no connection) has none, so
 *     its count may be below {@code requests}
 * @param queueing of every request sent, the part of intended to sent that is the target's doing:
 *     no slot or user was free, or no connection open
 * @param contentBytes bytes of the answers' bodies, as transferred without framing
 * @param stream how the units of streamed answers came, those of requests still under way among
 *     them
 */
public record SeriesSnapshot(
    String name,
    String method,
    String load,
    long requests,
    long failures,
    Times responseTime,
    Times serviceTime,
    Times queueing,
    long contentBytes,
    StreamTimes stream) {
  /** The same without saying of which load it is. */
  public SeriesSnapshot ofAllLoads() {
    return load.isEmpty()
        ? this
        : new SeriesSnapshot(
            name,
            method,
            "",
            requests,
            failures,
            responseTime,
            serviceTime,
            queueing,
            contentBytes,
            stream);
  }
}
