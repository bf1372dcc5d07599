package dev.squall.runner.recording;

/**
 * What one series did in one interval.
 *
 * @param name name of the series: the task, or {@code <task>/<step>}
 * @param method HTTP method
 * @param requests completed requests: answered, failed or timed out
 * @param failures failures among them
 * @param responseTime intended to last byte of every completed request
 * @param serviceTime sent to last byte; a request that was never sent (no connection) has none, so
 *     its count may be below {@code requests}
 * @param contentBytes bytes of the answers' bodies, as transferred without framing
 */
public record SeriesSnapshot(
    String name,
    String method,
    long requests,
    long failures,
    Times responseTime,
    Times serviceTime,
    long contentBytes) {}
