package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What is kept of an answer: header lines and body, as far as they are needed. Used again for the
 * next answer.
 */
final class Kept {
  private static final int SMALL_BYTES = 8_192;

  private final int maxBodyBytes;
  private Needs needs = Needs.STATUS;
  private @Nullable Streamed streamed;
  private @Nullable Bytes headers;
  private @Nullable Bytes body;

  /**
   * Nothing yet.
   *
   * @param maxBodyBytes largest body that is kept
   */
  Kept(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /**
   * Forgets the last answer.
   *
   * @param of what is needed of the next
   * @param timed who times its parts, null for nobody
   */
  void begin(Needs of, @Nullable Streamed timed) {
    needs = of;
    streamed = timed;
    clearHeaders();
    if (body != null) {
      body.clear();
    }
  }

  /** Forgets the headers of an interim answer. */
  void clearHeaders() {
    if (headers != null) {
      headers.clear();
    }
  }

  void header(byte[] bytes, int from, int to) {
    if (needs != Needs.STATUS) {
      headers = headers == null ? new Bytes(512) : headers;
      headers.write(bytes, from, to - from);
      headers.write('\n');
    }
  }

  /** Takes all header lines, each ended by a line feed. */
  void headers(Bytes lines) {
    if (needs != Needs.STATUS) {
      headers = headers == null ? new Bytes(512) : headers;
      headers.write(lines.array(), 0, lines.length());
    }
  }

  /** Why a body of this many bytes cannot be kept; null if it can, or is not needed. */
  @Nullable String tooLarge(long bodyBytes) {
    return needs == Needs.BODY && bodyBytes > maxBodyBytes
        ? "body over " + maxBodyBytes + " bytes, and a check needs it"
        : null;
  }

  /** Bytes of the connection have been read: what is taken next came at this time. */
  void read(long nowNanos) {
    if (streamed != null) {
      streamed.read(nowNanos);
    }
  }

  /** The head is whole; null, or why the body's parts cannot be timed. */
  @Nullable String head(int status, Coding coding) {
    return streamed == null ? null : streamed.head(status, coding);
  }

  /**
   * Takes the next bytes of the body, or skips them.
   *
   * @param begins whether a chunk or data frame begins with them; where there are none, any read
   */
  void content(ByteBuf in, int count, boolean begins) {
    if (streamed != null) {
      streamed.content(in, count, begins);
    }
    if (needs != Needs.BODY) {
      in.skipBytes(count);
      return;
    }
    body = body == null ? new Bytes(Math.max(256, count)) : body;
    body.reserve(count);
    in.readBytes(body.array(), body.length(), count);
    body.advance(count);
  }

  /** The header lines, each ended by a line feed, if they are needed. */
  @Nullable Bytes headers() {
    return headers;
  }

  /** The body, if it is needed. */
  @Nullable Bytes body() {
    return body;
  }

  boolean needsBody() {
    return needs == Needs.BODY;
  }

  int maxBodyBytes() {
    return maxBodyBytes;
  }

  /** Gives back what the next answer may not have: who times it, the memory of a large body. */
  void release() {
    streamed = null;
    if (body != null && body.capacity() > SMALL_BYTES) {
      body = null;
    }
  }
}
