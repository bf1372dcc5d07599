package dev.squall.runner.control;

import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.SnapshotCodec;
import dev.squall.runner.vitals.Vitals;
import java.nio.ByteBuffer;

/**
 * One interval of a runner: what it did, and how it was meanwhile.
 *
 * @param snapshot the requests of the interval
 * @param vitals what the runner measured of itself in it
 */
public record RunnerSecond(Snapshot snapshot, Vitals vitals) {
  /** As bytes: the snapshot behind its length (4 bytes, big endian), then the vitals. */
  public byte[] encode() {
    byte[] requests = SnapshotCodec.encode(snapshot);
    byte[] self = vitals.encode();
    return ByteBuffer.allocate(Integer.BYTES + requests.length + self.length)
        .putInt(requests.length)
        .put(requests)
        .put(self)
        .array();
  }

  /**
   * Reads what {@link #encode} wrote.
   *
   * @throws IllegalArgumentException if the bytes are not that
   */
  public static RunnerSecond decode(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
    if (length < 0 || length > in.remaining()) {
      throw new IllegalArgumentException("a second ends in the middle of its snapshot");
    }
    byte[] requests = new byte[length];
    in.get(requests);
    byte[] self = new byte[in.remaining()];
    in.get(self);
    return new RunnerSecond(SnapshotCodec.decode(requests), Vitals.decode(self));
  }
}
