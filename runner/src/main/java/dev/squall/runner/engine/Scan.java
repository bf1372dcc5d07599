package dev.squall.runner.engine;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * Looks for a byte, eight bytes at a time: the heads of answers are most of what an event loop
 * itself looks at.
 */
final class Scan {
  /** A line feed, eight times. */
  static final long LINE_FEED = 0x0A0A_0A0A_0A0A_0A0AL;

  /** A colon, eight times. */
  static final long COLON = 0x3A3A_3A3A_3A3A_3A3AL;

  private static final long LOWEST = 0x0101_0101_0101_0101L;
  private static final long HIGHEST = 0x8080_8080_8080_8080L;
  private static final VarHandle EIGHT =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);

  private Scan() {}

  /**
   * Where a byte stands first, {@code to} if it does not.
   *
   * @param eight the byte, eight times
   */
  static int next(byte[] b, int from, int to, long eight) {
    int at = from;
    // It may look at what follows, which is in the array, and says nothing of it.
    for (; at < to && at <= b.length - Long.BYTES; at += Long.BYTES) {
      long other = (long) EIGHT.get(b, at) ^ eight;
      // The lowest bit set is the first such byte's; those above it may be another's.
      long found = (other - LOWEST) & ~other & HIGHEST;
      if (found != 0) {
        return Math.min(to, at + Long.numberOfTrailingZeros(found) / Byte.SIZE);
      }
    }
    while (at < to && b[at] != (byte) eight) {
      at++;
    }
    return Math.min(to, at);
  }
}
