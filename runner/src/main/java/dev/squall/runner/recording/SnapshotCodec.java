package dev.squall.runner.recording;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Snapshots as bytes: a version byte, then unsigned LEB128 numbers, texts as UTF-8 with their
 * length before them, and each histogram as the distances and counts of its non-empty buckets:
 * little more than a byte for each distinct time, whatever the range.
 */
public final class SnapshotCodec {
  private static final byte VERSION = 5;

  private SnapshotCodec() {}

  /** Encodes a snapshot. */
  public static byte[] encode(Snapshot snapshot) {
    VarBytes out = new VarBytes();
    out.put(VERSION);
    out.number(snapshot.interval());
    out.number(snapshot.last() ? 1 : 0);
    out.number(snapshot.users());
    out.number(snapshot.levels().inFlight());
    out.number(snapshot.levels().waiting());
    out.number(snapshot.loads().size());
    for (LoadCounts load : snapshot.loads()) {
      out.text(load.load());
      out.number(load.warmUp() ? 1 : 0);
      out.number(load.offered());
      out.number(load.requests());
      out.number(load.failures());
      out.number(load.dropped());
      out.number(load.interrupted());
    }
    recorded(snapshot.result(), out);
    recorded(snapshot.warmUp(), out);
    TimesCodec.write(snapshot.lateness(), out);
    out.number(snapshot.queries().size());
    for (QueryTimes queries : snapshot.queries()) {
      out.text(queries.load());
      out.number(queries.warmUp() ? 1 : 0);
      TimesCodec.write(queries.times(), out);
    }
    ConnectionCountsCodec.write(snapshot.connections(), out);
    out.number(snapshot.firstAnswer().isPresent() ? 1 : 0);
    snapshot
        .firstAnswer()
        .ifPresent(
            first -> {
              out.number(first.afterStartNanos());
              out.number(first.responseTimeNanos());
            });
    return out.toArray();
  }

  private static void recorded(Recorded recorded, VarBytes out) {
    out.number(recorded.series().size());
    for (SeriesSnapshot series : recorded.series()) {
      out.text(series.name());
      out.text(series.method());
      out.text(series.load());
      out.number(series.requests());
      out.number(series.failures());
      out.number(series.contentBytes());
      TimesCodec.write(series.responseTime(), out);
      TimesCodec.write(series.serviceTime(), out);
      TimesCodec.write(series.queueing(), out);
      TimesCodec.write(series.stream().first(), out);
      TimesCodec.write(series.stream().between(), out);
    }
    out.number(recorded.failures().size());
    for (FailureCount failure : recorded.failures()) {
      out.text(failure.series());
      out.text(failure.method());
      out.text(failure.kind().label());
      out.text(failure.reason());
      out.number(failure.count());
      out.number(failure.firstSeenEpochMillis());
      out.number(failure.lastSeenEpochMillis());
    }
  }

  /**
   * Decodes a snapshot.
   *
   * @throws IllegalArgumentException if the bytes are not a whole snapshot of this version
   */
  public static Snapshot decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    try {
      byte version = in.get();
      if (version != VERSION) {
        throw new IllegalArgumentException(
            "snapshot of version " + version + ", this is version " + VERSION);
      }
      int interval = (int) VarBytes.number(in);
      boolean last = VarBytes.number(in) == 1;
      Levels levels =
          new Levels((int) VarBytes.number(in), VarBytes.number(in), VarBytes.number(in));
      Snapshot snapshot =
          new Snapshot(
              interval,
              last,
              levels,
              allLoads(in),
              recorded(in),
              recorded(in),
              TimesCodec.read(in),
              allQueries(in),
              ConnectionCountsCodec.read(in),
              firstAnswer(in));
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(in.remaining() + " bytes after the snapshot's end");
      }
      return snapshot;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a whole snapshot: " + bytes.length + " bytes", e);
    }
  }

  private static List<LoadCounts> allLoads(ByteBuffer in) {
    List<LoadCounts> all = new ArrayList<>();
    for (long i = VarBytes.number(in); i > 0; i--) {
      all.add(
          new LoadCounts(
              VarBytes.text(in),
              VarBytes.number(in) == 1,
              VarBytes.number(in),
              VarBytes.number(in),
              VarBytes.number(in),
              VarBytes.number(in),
              VarBytes.number(in)));
    }
    return all;
  }

  private static List<QueryTimes> allQueries(ByteBuffer in) {
    List<QueryTimes> all = new ArrayList<>();
    for (long i = VarBytes.number(in); i > 0; i--) {
      all.add(new QueryTimes(VarBytes.text(in), VarBytes.number(in) == 1, TimesCodec.read(in)));
    }
    return all;
  }

  private static Optional<FirstAnswer> firstAnswer(ByteBuffer in) {
    return VarBytes.number(in) == 0
        ? Optional.empty()
        : Optional.of(new FirstAnswer(VarBytes.number(in), VarBytes.number(in)));
  }

  private static Recorded recorded(ByteBuffer in) {
    return new Recorded(allSeries(in), allFailures(in));
  }

  private static List<SeriesSnapshot> allSeries(ByteBuffer in) {
    List<SeriesSnapshot> all = new ArrayList<>();
    for (long i = VarBytes.number(in); i > 0; i--) {
      String name = VarBytes.text(in);
      String method = VarBytes.text(in);
      String load = VarBytes.text(in);
      long requests = VarBytes.number(in);
      long failures = VarBytes.number(in);
      long contentBytes = VarBytes.number(in);
      all.add(
          new SeriesSnapshot(
              name,
              method,
              load,
              requests,
              failures,
              TimesCodec.read(in),
              TimesCodec.read(in),
              TimesCodec.read(in),
              contentBytes,
              new StreamTimes(TimesCodec.read(in), TimesCodec.read(in))));
    }
    return all;
  }

  private static List<FailureCount> allFailures(ByteBuffer in) {
    List<FailureCount> all = new ArrayList<>();
    for (long i = VarBytes.number(in); i > 0; i--) {
      all.add(
          new FailureCount(
              VarBytes.text(in),
              VarBytes.text(in),
              FailureKind.of(VarBytes.text(in)),
              VarBytes.text(in),
              VarBytes.number(in),
              VarBytes.number(in),
              VarBytes.number(in)));
    }
    return all;
  }
}
