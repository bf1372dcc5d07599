package dev.squall.runner.engine;

import dev.squall.runner.recording.Interval;
import io.netty.buffer.ByteBuf;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Times the units of one streamed answer as they are read, and records each at once: of a stream
 * that is cut off, what came is counted. Answers whose status is not 2xx are no streams. Used again
 * for the next answer of the same user or slot. Only the event loop calls it.
 */
final class Streamed {
  private final Supplier<Interval> recording;
  private final EventScan events = new EventScan();
  private StreamUnit unit = StreamUnit.CHUNK;
  private int load;
  private int series;
  private long sentNanos;
  private long lastNanos;
  private long readNanos;
  private long betweenTimeoutNanos;
  private boolean first;
  private boolean counts;

  /**
   * Before the first request.
   *
   * @param recording what the event loop records in now
   */
  Streamed(Supplier<Interval> recording) {
    this.recording = recording;
  }

  /**
   * Expects the answer to a request that is about to be sent.
   *
   * @param as what is counted, and how long it may take
   * @param ofLoad number of the load that it is recorded under
   */
  void begin(RequestTemplate.Streaming as, int ofLoad, int ofSeries, long sent) {
    unit = as.unit();
    betweenTimeoutNanos = as.betweenTimeoutNanos();
    load = ofLoad;
    series = ofSeries;
    sentNanos = sent;
    first = true;
    counts = false;
    events.begin();
  }

  /**
   * The head of an answer came.
   *
   * @return what is wrong with it, or null
   */
  @Nullable String head(int status, Coding coding) {
    counts = status >= 200 && status < 300;
    return counts && unit == StreamUnit.EVENT && coding != Coding.IDENTITY
        ? "events in a compressed body: ask for it plain, without an Accept-Encoding header"
        : null;
  }

  /** Bytes of the connection have been read: what is told next came at this time. */
  void read(long nowNanos) {
    readNanos = nowNanos;
  }

  /**
   * Bytes of the body come, not yet read from their buffer.
   *
   * @param begins whether a chunk begins with them; where there are none, each read is one
   */
  void content(ByteBuf in, int count, boolean begins) {
    if (!counts) {
      return;
    }
    int units =
        switch (unit) {
          case EVENT -> events.read(in, in.readerIndex(), count);
          case CHUNK -> begins ? 1 : 0;
        };
    if (units > 0) {
      record(units);
    }
  }

  /** When the next unit, or the end, must have come; any time before the first. */
  long nextBy() {
    return first || betweenTimeoutNanos == RequestTemplate.Streaming.ANY_TIME
        ? Timers.NEVER
        : lastNanos + betweenTimeoutNanos;
  }

  private void record(int units) {
    Interval into = recording.get();
    int further = units;
    if (first) {
      first = false;
      into.firstUnit(load, series, readNanos - sentNanos);
      lastNanos = readNanos;
      further--;
    }
    if (further > 0) {
      into.units(load, series, readNanos - lastNanos, further);
      lastNanos = readNanos;
    }
  }
}
