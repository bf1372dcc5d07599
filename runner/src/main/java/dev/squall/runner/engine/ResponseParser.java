package dev.squall.runner.engine;

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
final class ResponseParser implements Lines.Reader, Answer {
  private static final int HEAD_WINDOW = Integer.MAX_VALUE;
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
  private final Lines lines;
  private final Kept kept;
  private State state = State.DONE;
  private boolean toHead;
  private boolean started;
  private long remaining;
  private long contentBytes;
  private boolean chunkBegins;
  private boolean toEnd;
  private @Nullable String error;

  /**
   * A parser.
   *
   * @param window room to look at a piece of a head, shared by all parsers of an event loop
   * @param maxBodyBytes largest body that is kept
   */
  ResponseParser(byte[] window, int maxBodyBytes) {
    this.lines = new Lines(window);
    this.kept = new Kept(maxBodyBytes);
  }

  /** Expects the next answer, whose parts nobody times. */
  void begin(boolean toHead, Needs needs) {
    begin(toHead, needs, null);
  }

  /**
   * Expects the next answer.
   *
   * @param toHead whether it answers a HEAD request, and so has no body whatever its headers say
   * @param needs what to keep of it
   * @param streamed who times its parts, null for nobody
   */
  void begin(boolean toHead, Needs needs, @Nullable Streamed streamed) {
    this.toHead = toHead;
    state = State.STATUS_LINE;
    started = false;
    contentBytes = 0;
    toEnd = false;
    error = null;
    head.clear();
    lines.clear();
    kept.begin(needs, streamed);
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
        case STATUS_LINE, HEADERS -> readLines(in, HEAD_WINDOW);
        default -> readLines(in, CHUNK_WINDOW);
      }
    }
    return state == State.DONE;
  }

  private void readLines(ByteBuf in, int most) {
    if (!lines.read(in, most, this)) {
      fail("head over " + Lines.MAX_BYTES + " bytes");
    }
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

  @Override
  public int status() {
    return head.status();
  }

  @Override
  public Coding coding() {
    return head.coding();
  }

  /** Whether the connection can be used again. */
  boolean keepAlive() {
    return head.keepAlive() && !toEnd;
  }

  @Override
  public long contentBytes() {
    return contentBytes;
  }

  @Override
  public Kept kept() {
    return kept;
  }

  private void content(ByteBuf in, long bytes) {
    int count = (int) bytes;
    contentBytes += count;
    fail(kept.tooLarge(contentBytes));
    if (error != null) {
      return;
    }
    kept.content(in, count, state != State.CHUNK_DATA || chunkBegins);
    chunkBegins = false;
    if (state != State.BODY_TO_END) {
      remaining -= count;
      if (remaining == 0) {
        state = state == State.FIXED_BODY ? State.DONE : State.CHUNK_END;
      }
    }
  }

  @Override
  public boolean expectsLine() {
    return switch (state) {
      case STATUS_LINE, HEADERS, CHUNK_SIZE, CHUNK_END, TRAILERS -> true;
      case FIXED_BODY, BODY_TO_END, CHUNK_DATA, DONE, BROKEN -> false;
    };
  }

  @Override
  public void line(byte[] bytes, int from, int to) {
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
          kept.header(bytes, from, to);
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
      kept.clearHeaders();
      state = State.STATUS_LINE;
      return;
    }
    fail(kept.head(status, head.coding()));
    if (error != null) {
      return;
    }
    if (toHead || status == 204 || status == 304) {
      state = State.DONE;
    } else if (head.chunked()) {
      state = State.CHUNK_SIZE;
    } else if (head.contentLength() >= 0) {
      remaining = head.contentLength();
      state = remaining == 0 ? State.DONE : State.FIXED_BODY;
      fail(kept.tooLarge(remaining));
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
    lines.restart();
    remaining = size;
    chunkBegins = true;
    state = size == 0 ? State.TRAILERS : State.CHUNK_DATA;
  }

  private void fail(@Nullable String reason) {
    if (reason != null) {
      error = reason;
      state = State.BROKEN;
    }
  }
}
