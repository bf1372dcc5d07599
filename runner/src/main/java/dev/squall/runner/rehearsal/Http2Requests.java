package dev.squall.runner.rehearsal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;

/**
 * The ends of HTTP/2 requests (RFC 9113): the frame with END_STREAM, or the end of its header
 * block. What the frames hold is not looked at. Flow control never makes the client wait.
 */
final class Http2Requests implements Requests {
  private static final int PREFACE_BYTES = 24;
  private static final int HEADER_BYTES = 9;
  private static final int DATA = 0;
  private static final int HEADERS = 1;
  private static final int SETTINGS = 4;
  private static final int WINDOW_UPDATE = 8;
  private static final int CONTINUATION = 9;
  private static final int ACK = 1;
  private static final int END_STREAM = 1;
  private static final int END_HEADERS = 4;
  private static final int INITIAL_WINDOW_SIZE = 4;
  private static final int MOST_WINDOW = Integer.MAX_VALUE;
  private static final int FIRST_WINDOW = 65_535;

  /** So many bytes of bodies are taken before the client may send as many more. */
  private static final int GIVE_AFTER = 1 << 28;

  private static final byte[] BODY = "{}".getBytes(StandardCharsets.US_ASCII);

  /** Status 200, content-type and content-length by the static table (RFC 7541). */
  private static final byte[] HEAD =
      "\u0088\u000f\u0010\u0010application/json\u000f\r\u00012"
          .getBytes(StandardCharsets.ISO_8859_1);

  private final byte[] header = new byte[HEADER_BYTES];
  private final ByteBuffer out = ByteBuffer.allocate(128);
  private int prefaceLeft = PREFACE_BYTES;
  private int headerLength;
  private int payloadLeft;

  /** Whether the header block that goes on is all of its request. */
  private boolean lastBlock;

  private long taken;

  @Override
  public Due read(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (prefaceLeft > 0) {
        prefaceLeft -= skip(in, prefaceLeft);
      } else if (headerLength < HEADER_BYTES) {
        header[headerLength++] = in.get();
        payloadLeft = headerLength == HEADER_BYTES ? length() : 0;
      } else {
        payloadLeft -= skip(in, payloadLeft);
      }
      if (headerLength == HEADER_BYTES && payloadLeft == 0) {
        headerLength = 0;
        Due due = frame(header[3], header[4]);
        if (due != Due.NOTHING) {
          return due;
        }
      }
    }
    return Due.NOTHING;
  }

  private static int skip(ByteBuffer in, int most) {
    int count = Math.min(in.remaining(), most);
    in.position(in.position() + count);
    return count;
  }

  private int length() {
    return (header[0] & 0xFF) << 16 | (header[1] & 0xFF) << 8 | (header[2] & 0xFF);
  }

  /** A frame has come whole. */
  private Due frame(int type, int flags) {
    boolean ended =
        switch (type) {
          case DATA -> {
            taken += length();
            yield (flags & END_STREAM) != 0;
          }
          case HEADERS -> {
            lastBlock = (flags & END_STREAM) != 0;
            yield lastBlock && (flags & END_HEADERS) != 0;
          }
          case CONTINUATION -> lastBlock && (flags & END_HEADERS) != 0;
          default -> false;
        };
    if (ended) {
      answer(ByteBuffer.wrap(header).getInt(HEADER_BYTES - 4));
      return Due.ANSWER;
    }
    if (type == SETTINGS && (flags & ACK) == 0) {
      greet();
      return Due.REPLY;
    }
    return Due.NOTHING;
  }

  private void greet() {
    out.clear();
    frame(6, SETTINGS, 0, 0).putShort((short) INITIAL_WINDOW_SIZE).putInt(MOST_WINDOW);
    frame(0, SETTINGS, ACK, 0);
    frame(4, WINDOW_UPDATE, 0, 0).putInt(MOST_WINDOW - FIRST_WINDOW);
    out.flip();
  }

  private void answer(int stream) {
    out.clear();
    if (taken >= GIVE_AFTER) {
      frame(4, WINDOW_UPDATE, 0, 0).putInt((int) taken);
      taken = 0;
    }
    frame(HEAD.length, HEADERS, END_HEADERS, stream).put(HEAD);
    frame(BODY.length, DATA, END_STREAM, stream).put(BODY);
    out.flip();
  }

  private ByteBuffer frame(int length, int type, int flags, int stream) {
    return out.putShort((short) (length >> 8))
        .put((byte) length)
        .put((byte) type)
        .put((byte) flags)
        .putInt(stream);
  }

  @Override
  public ByteBuffer answer() {
    return out;
  }
}
