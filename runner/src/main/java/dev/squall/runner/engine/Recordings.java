package dev.squall.runner.engine;

import dev.squall.runner.recording.FirstAnswer;
import dev.squall.runner.recording.Interval;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop records: two intervals that take turns, one written while the other is read.
 * Only the event loop calls it.
 */
final class Recordings {
  private final Dialer dialer;
  private final @Nullable Trace trace;
  private Interval now;
  private Interval spare;
  private boolean answered;
  private long startNanos;

  /**
   * Nothing yet.
   *
   * @param dialer counts its connections in them too
   * @param trace takes note of each request; null for nobody
   */
  Recordings(Workload workload, Dialer dialer, @Nullable Trace trace) {
    List<Interval.Name> series =
        workload.series().stream().map(s -> new Interval.Name(s.name(), s.method())).toList();
    List<Interval.LoadName> loads =
        workload.loads().stream()
            .map(Load::terms)
            .map(load -> new Interval.LoadName(load.name(), load.warmUp(), load.apart()))
            .toList();
    this.dialer = dialer;
    this.trace = trace;
    this.now = new Interval(series, loads);
    this.spare = new Interval(series, loads);
    dialer.countIn(now.connections());
  }

  /** The start instant is named. */
  void begin(long instantNanos) {
    startNanos = instantNanos;
  }

  /** Takes note of each request; null for nobody. */
  @Nullable Trace trace() {
    return trace;
  }

  /** The one that is written. */
  Interval now() {
    return now;
  }

  /** Takes the one that was written; it is to be reset before the next call. */
  Interval swap() {
    Interval full = now;
    now = spare;
    dialer.countIn(now.connections());
    spare = full;
    return full;
  }

  /** A whole answer came. */
  void answered(long doneNanos, long responseTimeNanos) {
    if (!answered) {
      answered = true;
      now.firstAnswer(new FirstAnswer(doneNanos - startNanos, responseTimeNanos));
    }
  }

  /** Counts the request just recorded as a failure. */
  void fail(int load, int series, Refusal refusal) {
    now.fail(load, series, refusal.kind(), refusal.reason(), System.currentTimeMillis());
  }
}
