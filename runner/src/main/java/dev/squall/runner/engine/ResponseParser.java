package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads one HTTP/1.1 answer (RFC 9112) from bytes that come in pieces, whatever the pieces. Keeps
 * only what is needed; bodies that nobody needs are counted and skipped. Used again for the next
 * answer after {@link #begin}. Only one event loop calls it; it allocates nothing unless it has to
 * keep a line that a read cut in two.
 *
 * <p>Strict where framing depends on it; tolerant of a bare line feed at the end of a line and of
 * any header it does not know.
 */
final class ResponseParser {
  /** Bytes of a head, or of all chunk extensions and trailers, before it is refused. */
  static final int MAX_HEAD_BYTES = 65_536;

  private static final int HEAD_WINDOW = 8_192;
  private static final int CHUNK_WINDOW = 128;

  private enum State {
    STATUS_LINE,
    HEADERS,
    FIXED_BODY,
    BODY_TO_END,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILERS,
    DONE,
    BROKEN
  }

  private final Head head = new Head();
  private final byte[] window;
  private final int maxBodyBytes;
  private State state = State.DONE;
  private boolean toHead;
  private Needs needs = Needs.STATUS;
  private boolean started;
  private long remaining;
  private long contentBytes;
  private boolean toEnd;
  private int lineBytes;
  private @Nullable Bytes carry;
  private @Nullable Bytes headers;
  private @Nullable Bytes body;
  private @Nullable String error;

  /**
   * A parser.
   *
   * @param window room to look at a piece of a head, shared by all parsers of an event loop
   * @param maxBodyBytes largest body that is kept
   */
  ResponseParser(byte[] window, int maxBodyBytes) {
    this.window = window;
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Room to look at a piece of a head. */
  static byte[] window() {
    return new byte[HEAD_WINDOW];
  }

  /**
   * Expects the next answer.
   *
   * @param toHead whether it answers a HEAD request, and so has no body whatever its headers say
   * @param needs what to keep of it
   */
  void begin(boolean toHead, Needs needs) {
    this.toHead = toHead;
    this.needs = needs;
    state = State.STATUS_LINE;
    started = false;
    contentBytes = 0;
    toEnd = false;
    lineBytes = 0;
    error = null;
    head.clear();
    if (carry != null) {
      carry.clear();
    }
    if (headers != null) {
      headers.clear();
    }
    if (body != null) {
      body.clear();
    }
  }

  /**
   * Reads on, up to the end of the answer.
   *
   * @return whether the answer is complete; {@link #error} tells if it is broken instead
   */
  boolean read(ByteBuf in) {
    started |= in.isReadable();
    while (in.isReadable() && state != State.DONE && state != State.BROKEN) {
      switch (state) {
        case FIXED_BODY, CHUNK_DATA -> content(in, Math.min(remaining, in.readableBytes()));
        case BODY_TO_END -> content(in, in.readableBytes());
        default -> lines(in);
      }
    }
    return state == State.DONE;
  }

  /** Takes note that the target ended its side; whether that completes the answer. */
  boolean end() {
    if (state == State.BODY_TO_END) {
      state = State.DONE;
    }
    return state == State.DONE;
  }

  /** What is wrong with the answer, or null. */
  @Nullable String error() {
    return error;
  }

  /** Whether a byte of this answer came. */
  boolean started() {
    return started;
  }

  int status() {
    return head.status();
  }

  /** Whether the connection can be used again. */
  boolean keepAlive() {
    return head.keepAlive() && !toEnd;
  }

  /** Bytes of the body, without framing. */
  long contentBytes() {
    return contentBytes;
  }

  /** The header lines, each ended by a line feed, if they are needed. */
  @Nullable Bytes headers() {
    return headers;
  }

  /** The body, if it is needed. */
  @Nullable Bytes body() {
    return body;
  }

  /** Gives back the memory of what was kept, for a connection that may be idle for long. */
  void release() {
    if (body != null && body.capacity() > HEAD_WINDOW) {
      body = null;
    }
  }

  private void content(ByteBuf in, long bytes) {
    int count = (int) bytes;
    contentBytes += count;
    if (needs == Needs.BODY) {
      if (contentBytes > maxBodyBytes) {
        fail("body over " + maxBodyBytes + " bytes, and a check needs it");
        return;
      }
      if (body == null) {
        body = new Bytes(Math.max(256, count));
      }
      body.reserve(count);
      in.readBytes(body.array(), body.length(), count);
      body.advance(count);
    } else {
      in.skipBytes(count);
    }
    if (state != State.BODY_TO_END) {
      remaining -= count;
      if (remaining == 0) {
        state = state == State.FIXED_BODY ? State.DONE : State.CHUNK_END;
      }
    }
  }

  /** Reads lines from a copy of the next bytes, until there are no more or a body begins. */
  private void lines(ByteBuf in) {
    int most = state == State.STATUS_LINE || state == State.HEADERS ? HEAD_WINDOW : CHUNK_WINDOW;
    int count = Math.min(in.readableBytes(), most);
    byte[] bytes = window;
    in.getBytes(in.readerIndex(), bytes, 0, count);
    int from = 0;
    while (from < count && isLineState()) {
      int feed = from;
      while (feed < count && bytes[feed] != '\n') {
        feed++;
      }
      lineBytes += Math.min(feed + 1, count) - from;
      if (lineBytes > MAX_HEAD_BYTES) {
        fail("head over " + MAX_HEAD_BYTES + " bytes");
        return;
      }
      if (feed == count) {
        if (carry == null) {
          carry = new Bytes(256);
        }
        carry.write(bytes, from, count - from);
        from = count;
      } else {
        if (carry != null && carry.length() > 0) {
          carry.write(bytes, from, feed - from);
          line(carry.array(), 0, carry.length());
          carry.clear();
        } else {
          line(bytes, from, feed);
        }
        from = feed + 1;
      }
    }
    in.skipBytes(from);
  }

  private boolean isLineState() {
    return switch (state) {
      case STATUS_LINE, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> true;
      case FIXED_BODY, BODY_TO_END, CHUNK_DATA, DONE, BROKEN -> false;
    };
  }

  private void line(byte[] bytes, int from, int end) {
    int to = end > from && bytes[end - 1] == '\r' ? end - 1 : end;
    switch (state) {
      case STATUS_LINE -> {
        fail(head.statusLine(bytes, from, to));
        state = error == null ? State.HEADERS : state;
      }
      case HEADERS -> {
        if (from == to) {
          headEnds();
        } else {
          fail(head.header(bytes, from, to));
          if (needs != Needs.STATUS) {
            headers = headers == null ? new Bytes(512) : headers;
            headers.write(bytes, from, to - from);
            headers.write('\n');
          }
        }
      }
      case CHUNK_SIZE -> chunkSize(bytes, from, to);
      case CHUNK_END -> {
        fail(from == to ? null : "chunk longer than its size");
        state = error == null ? State.CHUNK_SIZE : state;
      }
      case TRAILERS -> state = from == to ? State.DONE : state;
      case FIXED_BODY, BODY_TO_END, CHUNK_DATA, DONE, BROKEN ->
          throw new IllegalStateException("no line is expected in " + state);
    }
  }

  private void headEnds() {
    fail(head.end());
    if (error != null) {
      return;
    }
    int status = head.status();
    if (status < 200) {
      if (status == 101) {
        fail("status 101 without an upgrade asked for");
        return;
      }
      // An interim answer; the final one follows. The limit on the head's size covers both.
      head.clear();
      if (headers != null) {
        headers.clear();
      }
      state = State.STATUS_LINE;
    } else if (toHead || status == 204 || status == 304) {
      state = State.DONE;
    } else if (head.chunked()) {
      state = State.CHUNK_SIZE;
    } else if (head.contentLength() >= 0) {
      remaining = head.contentLength();
      state = remaining == 0 ? State.DONE : State.FIXED_BODY;
      if (needs == Needs.BODY && remaining > maxBodyBytes) {
        fail("body over " + maxBodyBytes + " bytes, and a check needs it");
      }
    } else {
      toEnd = true;
      state = State.BODY_TO_END;
    }
  }

  private void chunkSize(byte[] bytes, int from, int to) {
    long size = 0;
    int at = from;
    for (; at < to && Character.digit(bytes[at], 16) >= 0; at++) {
      if (at - from >= 15) {
        fail("chunk size too large");
        return;
      }
      size = (size << 4) | Character.digit(bytes[at], 16);
    }
    boolean ended = at == to || bytes[at] == ';' || bytes[at] == ' ' || bytes[at] == '\t';
    if (at == from || !ended) {
      fail("chunk size is not a hexadecimal number");
      return;
    }
    lineBytes = 0;
    remaining = size;
    state = size == 0 ? State.TRAILERS : State.CHUNK_DATA;
  }

  private void fail(@Nullable String reason) {
    if (reason != null) {
      error = reason;
      state = State.BROKEN;
    }
  }
}
