package dev.squall.runner.simulated;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * An encoded second that is written again and again with another number: the number and whether it
 * is the last are the snapshot's second and third field, behind its version; all else stays.
 */
final class SecondFrame {
  private final byte version;
  private final byte[] snapshotRest;
  private final byte[] vitals;

  /** Of a second that {@link SimulatedSecond#encoded} made. */
  SecondFrame(byte[] second) {
    ByteBuffer in = ByteBuffer.wrap(second);
    byte[] snapshot = new byte[in.getInt()];
    in.get(snapshot);
    version = snapshot[0];
    snapshotRest = Arrays.copyOfRange(snapshot, 3, snapshot.length);
    vitals = new byte[in.remaining()];
    in.get(vitals);
  }

  /** Writes the frame of interval k. */
  void write(int k, boolean last, ByteBuf out) {
    int digits = 1;
    for (int rest = k >>> 7; rest > 0; rest >>>= 7) {
      digits++;
    }
    int snapshot = 1 + digits + 1 + snapshotRest.length;
    out.writeInt(Integer.BYTES + snapshot + vitals.length);
    out.writeInt(snapshot);
    out.writeByte(version);
    int rest = k;
    for (; rest > 0x7F; rest >>>= 7) {
      out.writeByte(rest | 0x80);
    }
    out.writeByte(rest);
    out.writeByte(last ? 1 : 0);
    out.writeBytes(snapshotRest);
    out.writeBytes(vitals);
  }
}
