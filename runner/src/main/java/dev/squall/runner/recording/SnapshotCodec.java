package dev.squall.runner.recording;

import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * Snapshots as bytes: a version byte, then unsigned LEB128 numbers, texts as UTF-8 with their
 * length before them, and each histogram as the distances and counts of its non-empty buckets:
 * about 3 bytes for each distinct time, whatever the range.
 */
public final class SnapshotCodec {
  private static final byte VERSION = 1;

  private SnapshotCodec() {}

  /** Encodes a snapshot. */
  public static byte[] encode(Snapshot snapshot) {
    VarBytes out = new VarBytes();
    out.put(VERSION);
    out.number(snapshot.interval());
    out.number(snapshot.users());
    out.number(snapshot.interrupted());
    out.number(snapshot.last() ? 1 : 0);
    out.number(snapshot.series().size());
    for (SeriesSnapshot series : snapshot.series()) {
      out.text(series.name());
      out.text(series.method());
      out.number(series.requests());
      out.number(series.failures());
      out.number(series.contentBytes());
      times(series.responseTime(), out);
      times(series.serviceTime(), out);
    }
    out.number(snapshot.failures().size());
    for (FailureCount failure : snapshot.failures()) {
      out.text(failure.series());
      out.text(failure.method());
      out.text(failure.kind().label());
      out.text(failure.reason());
      out.number(failure.count());
      out.number(failure.firstSeenEpochMillis());
      out.number(failure.lastSeenEpochMillis());
    }
    return out.toArray();
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
      Snapshot snapshot =
          new Snapshot(
              (int) VarBytes.number(in),
              (int) VarBytes.number(in),
              VarBytes.number(in),
              VarBytes.number(in) == 1,
              allSeries(in),
              allFailures(in));
      if (in.hasRemaining()) {
        throw new IllegalArgumentException(in.remaining() + " bytes after the snapshot's end");
      }
      return snapshot;
    } catch (BufferUnderflowException | IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("not a whole snapshot: " + bytes.length + " bytes", e);
    }
  }

  private static List<SeriesSnapshot> allSeries(ByteBuffer in) {
    List<SeriesSnapshot> all = new ArrayList<>();
    for (long i = VarBytes.number(in); i > 0; i--) {
      String name = VarBytes.text(in);
      String method = VarBytes.text(in);
      long requests = VarBytes.number(in);
      long failures = VarBytes.number(in);
      long contentBytes = VarBytes.number(in);
      all.add(
          new SeriesSnapshot(name, method, requests, failures, times(in), times(in), contentBytes));
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

  private static void times(Times times, VarBytes out) {
    out.number(times.count());
    if (times.count() == 0) {
      return;
    }
    out.number(times.sumNanos());
    out.number(times.minNanos());
    out.number(times.maxNanos());
    out.number(times.clamped());
    long before = 0;
    for (HistogramIterationValue bucket : times.histogram().recordedValues()) {
      long value = times.histogram().lowestEquivalentValue(bucket.getValueIteratedTo());
      out.number(value - before);
      out.number(bucket.getCountAtValueIteratedTo());
      before = value;
    }
  }

  private static Times times(ByteBuffer in) {
    long count = VarBytes.number(in);
    if (count == 0) {
      return new Times();
    }
    long sum = VarBytes.number(in);
    long min = VarBytes.number(in);
    long max = VarBytes.number(in);
    long clamped = VarBytes.number(in);
    Histogram histogram = Times.histogram(Math.min(Times.HIGHEST_MICROS, max / 1000 + 1));
    long value = 0;
    for (long left = count; left > 0; ) {
      value += VarBytes.number(in);
      long at = VarBytes.number(in);
      if (at <= 0 || at > left || value < 1 || value > Times.HIGHEST_MICROS) {
        throw new IllegalArgumentException("a histogram's buckets do not add up to its count");
      }
      histogram.recordValueWithCount(value, at);
      left -= at;
    }
    return Times.of(histogram, count, sum, min, max, clamped);
  }
}
