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
    BODY,
    DONE,
    BROKEN
  }

  private final Head head = new Head();
  private final Lines lines;
  private final Kept kept;
  private final AnswerBody body;
  private State state = State.DONE;
  private boolean toHead;
  private boolean started;
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
    this.body = new AnswerBody(lines, kept);
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
    error = null;
    head.clear();
    lines.clear();
    body.clear();
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
      if (state != State.BODY) {
        readLines(in, HEAD_WINDOW);
      } else if (body.expectsLine()) {
        readLines(in, CHUNK_WINDOW);
      } else {
        body(body.content(in));
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
    if (state == State.BODY) {
      body.end();
      body(null);
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
    return head.keepAlive() && !body.toEnd();
  }

  @Override
  public long contentBytes() {
    return body.bytes();
  }

  @Override
  public Kept kept() {
    return kept;
  }

  /** Something was done to the body, whose end is the answer's. */
  private void body(@Nullable String reason) {
    fail(reason);
    if (error == null && body.over()) {
      state = State.DONE;
    }
  }

  @Override
  public boolean expectsLine() {
    return switch (state) {
      case STATUS_LINE, HEADERS -> true;
      case BODY -> body.expectsLine();
      case DONE, BROKEN -> false;
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
      case BODY -> body(body.line(bytes, from, to));
      case DONE, BROKEN -> throw new IllegalStateException("no line is expected in " + state);
    }
  }

  private void headEnds() {
    fail(head.end());
    if (error != null) {
      return;
    }
    if (head.status() < 200) {
      // An interim answer; the final one follows. The limit on the head's size covers both.
      head.clear();
      kept.clearHeaders();
      state = State.STATUS_LINE;
      return;
    }
    fail(kept.head(head.status(), head.coding()));
    if (error == null) {
      state = State.BODY;
      body(body.begin(head, toHead));
    }
  }

  private void fail(@Nullable String reason) {
    if (reason != null) {
      error = reason;
      state = State.BROKEN;
    }
  }
}
