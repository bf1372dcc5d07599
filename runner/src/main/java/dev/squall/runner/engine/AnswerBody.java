package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * The body of an HTTP/1.1 answer: where it ends (RFC 9112, 6.3 and 7.1), and how long it is. What
 * is wrong with it is what its methods answer with, null for nothing.
 */
final class AnswerBody {
  private enum State {
    FIXED,
    TO_END,
    CHUNK_SIZE,
    CHUNK_DATA,
    CHUNK_END,
    TRAILERS,
    OVER
  }

  /** What is too large for 15 hexadecimal digits, four bits each, is no size. */
  private static final int SIZE_DIGITS = 15;

  private final Lines lines;
  private final Kept kept;
  private State state = State.OVER;
  private long remaining;
  private long bytes;
  private boolean chunkBegins;
  private boolean toEnd;

  /**
   * None yet.
   *
   * @param lines what cuts chunked ones into lines
   * @param kept what takes the content
   */
  AnswerBody(Lines lines, Kept kept) {
    this.lines = lines;
    this.kept = kept;
  }

  /** Another answer begins, whose head is yet to be read. */
  void clear() {
    state = State.OVER;
    bytes = 0;
    toEnd = false;
  }

  /**
   * Begins after a head, and is over at once where there is none.
   *
   * @param toHead whether the answer is to a HEAD request, and so has no body whatever it says
   */
  @Nullable String begin(Head head, boolean toHead) {
    int status = head.status();
    if (toHead || status == 204 || status == 304) {
      return null;
    }
    if (head.chunked()) {
      state = State.CHUNK_SIZE;
    } else if (head.contentLength() >= 0) {
      remaining = head.contentLength();
      state = remaining == 0 ? State.OVER : State.FIXED;
      return kept.tooLarge(remaining);
    } else {
      toEnd = true;
      state = State.TO_END;
    }
    return null;
  }

  /** Takes note that the target ended its side, which may be the body's end. */
  void end() {
    if (state == State.TO_END) {
      state = State.OVER;
    }
  }

  /** Whether all of it has been read. */
  boolean over() {
    return state == State.OVER;
  }

  /** Whether the end of the connection is its end. */
  boolean toEnd() {
    return toEnd;
  }

  /** Bytes of content so far, as they were sent, without what frames them. */
  long bytes() {
    return bytes;
  }

  /** Whether a line is next, and no content. */
  boolean expectsLine() {
    return switch (state) {
      case CHUNK_SIZE, CHUNK_END, TRAILERS -> true;
      case FIXED, TO_END, CHUNK_DATA, OVER -> false;
    };
  }

  /** Takes content, as far as it goes. */
  @Nullable String content(ByteBuf in) {
    int readable = in.readableBytes();
    int count = state == State.TO_END ? readable : (int) Math.min(remaining, readable);
    bytes += count;
    String error = kept.tooLarge(bytes);
    if (error != null) {
      return error;
    }
    kept.content(in, count, state != State.CHUNK_DATA || chunkBegins);
    chunkBegins = false;
    if (state != State.TO_END) {
      remaining -= count;
      if (remaining == 0) {
        state = state == State.FIXED ? State.OVER : State.CHUNK_END;
      }
    }
    return null;
  }

  /** Takes a line of what frames a chunked one. */
  @Nullable String line(byte[] b, int from, int to) {
    return switch (state) {
      case CHUNK_SIZE -> chunkSize(b, from, to);
      case CHUNK_END -> {
        state = State.CHUNK_SIZE;
        yield from == to ? null : "chunk longer than its size";
      }
      case TRAILERS -> {
        state = from == to ? State.OVER : state;
        yield null;
      }
      case FIXED, TO_END, CHUNK_DATA, OVER ->
          throw new IllegalStateException("no line is expected in " + state);
    };
  }

  private @Nullable String chunkSize(byte[] b, int from, int to) {
    long size = 0;
    int at = from;
    for (; at < to && Character.digit(b[at], 16) >= 0; at++) {
      if (at - from >= SIZE_DIGITS) {
        return "chunk size too large";
      }
      size = (size << 4) | Character.digit(b[at], 16);
    }
    boolean ended = at == to || b[at] == ';' || b[at] == ' ' || b[at] == '\t';
    if (at == from || !ended) {
      return "chunk size is not a hexadecimal number";
    }
    lines.restart();
    remaining = size;
    chunkBegins = true;
    state = size == 0 ? State.TRAILERS : State.CHUNK_DATA;
    return null;
  }
}
