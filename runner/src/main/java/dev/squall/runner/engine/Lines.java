package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Cuts bytes that come in pieces into lines. Looks at them in a window that all connections of an
 * event loop share; allocates only to keep a line that a piece cut in two.
 */
final class Lines {
  /** Bytes of lines that may come before {@link #restart}. */
  static final int MAX_BYTES = 65_536;

  private static final int WINDOW = 8_192;

  private final byte[] window;
  private int bytes;
  private @Nullable Bytes carry;

  /** Who reads the lines. */
  interface Reader {
    /** A line, without its end. */
    void line(byte[] b, int from, int to);

    /** Whether another line is expected, and no body. */
    boolean expectsLine();
  }

  /** None yet. */
  Lines(byte[] window) {
    this.window = window;
  }

  /** Room to look at a piece. */
  static byte[] window() {
    return new byte[WINDOW];
  }

  /** Begins anew. */
  void clear() {
    bytes = 0;
    if (carry != null) {
      carry.clear();
    }
  }

  /** Counts from here. */
  void restart() {
    bytes = 0;
  }

  /**
   * Reads lines up to a piece's end, or to where none is expected any more.
   *
   * @param most how many bytes to look at
   * @return whether they are still few enough
   */
  boolean read(ByteBuf in, int most, Reader reader) {
    int count = Math.min(in.readableBytes(), Math.min(most, WINDOW));
    byte[] b = window;
    in.getBytes(in.readerIndex(), b, 0, count);
    int from = 0;
    while (from < count && reader.expectsLine()) {
      int feed = Scan.next(b, from, count, Scan.LINE_FEED);
      bytes += Math.min(feed + 1, count) - from;
      if (bytes > MAX_BYTES) {
        return false;
      }
      if (feed == count) {
        carry = carry == null ? new Bytes(256) : carry;
        carry.write(b, from, count - from);
        from = count;
      } else {
        whole(b, from, feed, reader);
        from = feed + 1;
      }
    }
    in.skipBytes(from);
    return true;
  }

  private void whole(byte[] b, int from, int feed, Reader reader) {
    if (carry != null && carry.length() > 0) {
      carry.write(b, from, feed - from);
      reader.line(carry.array(), 0, withoutReturn(carry.array(), 0, carry.length()));
      carry.clear();
    } else {
      reader.line(b, from, withoutReturn(b, from, feed));
    }
  }

  private static int withoutReturn(byte[] b, int from, int end) {
    return end > from && b[end - 1] == '\r' ? end - 1 : end;
  }
}
