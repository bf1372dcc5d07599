package dev.squall.runner.engine.http2;

import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;

/** The frames that a client writes (RFC 9113, section 6). */
public final class Frames {
  /** Bytes before a frame's payload. */
  public static final int HEADER_BYTES = 9;

  /** Largest payload that every target must take. */
  public static final int MAX_PAYLOAD = 16_384;

  /** Bytes of a frame with four bytes of payload: RST_STREAM, WINDOW_UPDATE. */
  public static final int SMALL_BYTES = HEADER_BYTES + 4;

  /** Bytes of a PING. */
  public static final int PING_BYTES = HEADER_BYTES + 8;

  /** What may be in flight to this side on one stream, as Go's client has it. */
  public static final int STREAM_WINDOW = 4 << 20;

  /** The same of a connection: none of it is held, so there is no reason to slow the target. */
  public static final int CONNECTION_WINDOW = 1 << 30;

  /** What flow control begins with, and a connection's window before it is widened. */
  public static final int INITIAL_WINDOW = 65_535;

  /** Largest head of an answer. */
  public static final int MAX_HEAD_BYTES = 65_536;

  private static final byte[] PREFACE =
      "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII);

  /** Bytes of {@link #greeting}. */
  public static final int GREETING_BYTES = 24 + HEADER_BYTES + 3 * 6 + SMALL_BYTES;

  private static final byte DATA = 0;
  private static final byte HEADERS = 1;
  private static final byte RST_STREAM = 3;
  private static final byte SETTINGS = 4;
  private static final byte PING = 6;
  private static final byte WINDOW_UPDATE = 8;
  private static final byte CONTINUATION = 9;
  private static final byte END_STREAM = 1;
  private static final byte ACK = 1;
  private static final byte END_HEADERS = 4;
  private static final int ENABLE_PUSH = 2;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MAX_HEADER_LIST_SIZE = 6;

  private Frames() {}

  /** What a client says first: the preface, its settings, and how much it takes. */
  public static void greeting(ByteBuf out) {
    out.writeBytes(PREFACE);
    header(out, 3 * 6, SETTINGS, 0, 0);
    out.writeShort(ENABLE_PUSH).writeInt(0);
    out.writeShort(INITIAL_WINDOW_SIZE).writeInt(STREAM_WINDOW);
    out.writeShort(MAX_HEADER_LIST_SIZE).writeInt(MAX_HEAD_BYTES);
    windowUpdate(out, 0, CONNECTION_WINDOW - INITIAL_WINDOW);
  }

  /** Confirms the target's settings. */
  public static void settingsAck(ByteBuf out) {
    header(out, 0, SETTINGS, ACK, 0);
  }

  /** A ping, or the answer to one. */
  public static void ping(ByteBuf out, boolean answer, long data) {
    header(out, 8, PING, answer ? ACK : 0, 0);
    out.writeLong(data);
  }

  /** Gives a stream, or the connection (0), more to send. */
  public static void windowUpdate(ByteBuf out, int stream, int bytes) {
    header(out, 4, WINDOW_UPDATE, 0, stream);
    out.writeInt(bytes);
  }

  /** Gives a stream up. */
  public static void reset(ByteBuf out, int stream, long error) {
    header(out, 4, RST_STREAM, 0, stream);
    out.writeInt((int) error);
  }

  /** Most bytes that a header block takes, in as many frames as it needs. */
  public static int headBytes(int blockLength) {
    return blockLength + 1 + framesOf(blockLength + 1) * HEADER_BYTES;
  }

  /** Bytes that a part of a body takes, in as many frames as it needs. */
  public static int dataBytes(int length) {
    return length + framesOf(length) * HEADER_BYTES;
  }

  private static int framesOf(int length) {
    return Math.max(1, (length + MAX_PAYLOAD - 1) / MAX_PAYLOAD);
  }

  /**
   * A header block, whole.
   *
   * @param first whether it is the connection's first, which says that no dynamic table is used
   * @param endStream whether no body follows
   */
  public static void head(
      ByteBuf out, int stream, byte[] block, int length, boolean first, boolean endStream) {
    int at = 0;
    boolean says = first;
    byte type = HEADERS;
    do {
      int more = says ? 1 : 0;
      int count = Math.min(MAX_PAYLOAD - more, length - at);
      int end = at + count == length ? END_HEADERS : 0;
      int flags = type == HEADERS && endStream ? end | END_STREAM : end;
      header(out, count + more, type, flags, stream);
      if (says) {
        out.writeByte(HeaderBlock.NO_TABLE);
        says = false;
      }
      out.writeBytes(block, at, count);
      at += count;
      type = CONTINUATION;
    } while (at < length);
  }

  /** The header of a data frame. */
  public static void dataHeader(ByteBuf out, int stream, int length, boolean endStream) {
    header(out, length, DATA, endStream ? END_STREAM : 0, stream);
  }

  private static void header(ByteBuf out, int length, byte type, int flags, int stream) {
    out.writeMedium(length).writeByte(type).writeByte(flags).writeInt(stream);
  }
}
