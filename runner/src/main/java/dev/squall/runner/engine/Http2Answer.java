package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Reads one answer from the frames of an HTTP/2 stream (RFC 9113, section 8.1). Keeps only what is
 * needed; bodies that nobody needs are counted and skipped. Used again for the next answer after
 * {@link #begin}. Only one event loop calls it.
 */
final class Http2Answer implements Answer {
  private final Kept kept;
  private boolean toHead;
  private boolean started;
  private boolean headed;
  private int status;
  private Coding coding = Coding.IDENTITY;
  private long contentLength;
  private long contentBytes;

  /**
   * No answer yet.
   *
   * @param maxBodyBytes largest body that is kept
   */
  Http2Answer(int maxBodyBytes) {
    kept = new Kept(maxBodyBytes);
  }

  /**
   * Expects the next answer.
   *
   * @param toHead whether it answers a HEAD request, and so has no body whatever its head says
   * @param needs what to keep of it
   * @param streamed who times its parts, null for nobody
   */
  void begin(boolean toHead, Needs needs, @Nullable Streamed streamed) {
    this.toHead = toHead;
    started = false;
    headed = false;
    contentBytes = 0;
    kept.begin(needs, streamed);
  }

  /** Whether a frame of this answer came. */
  boolean started() {
    return started;
  }

  /**
   * A head came: an interim one, the answer's, or trailers.
   *
   * @param now when it was read
   * @return what is wrong with it, or null
   */
  @Nullable String head(Http2Head head, boolean ends, long now) {
    started = true;
    kept.read(now);
    if (head.problem() != null) {
      return head.problem();
    }
    if (headed) {
      return ends ? ended() : "another head in mid-answer";
    }
    int code = head.statusCode();
    if (code < 100) {
      return "no status of three digits in the answer's head";
    }
    if (code < 200) {
      return code == 101 || ends ? "an interim answer that HTTP/2 does not allow" : null;
    }
    headed = true;
    status = code;
    coding = head.coding();
    contentLength = head.contentLength();
    kept.headers(head.lines());
    String problem = kept.head(status, coding);
    if (problem == null && contentLength > 0 && hasBody()) {
      problem = kept.tooLarge(contentLength);
    }
    return problem == null && ends ? ended() : problem;
  }

  /**
   * A part of the body came.
   *
   * @return what is wrong with it, or null
   */
  @Nullable String data(ByteBuf in, boolean ends, long now) {
    started = true;
    if (!headed) {
      return "DATA before the answer's head";
    }
    int count = in.readableBytes();
    contentBytes += count;
    String problem = kept.tooLarge(contentBytes);
    if (problem != null) {
      return problem;
    }
    if (count > 0) {
      kept.read(now);
      kept.content(in, count, true);
    }
    return ends ? ended() : null;
  }

  private boolean hasBody() {
    return !toHead && status != 204 && status != 304;
  }

  private @Nullable String ended() {
    boolean asSaid = contentLength < 0 || contentLength == contentBytes || !hasBody();
    return asSaid ? null : "a body of another length than Content-Length";
  }

  @Override
  public int status() {
    return status;
  }

  @Override
  public Coding coding() {
    return coding;
  }

  @Override
  public long contentBytes() {
    return contentBytes;
  }

  @Override
  public Kept kept() {
    return kept;
  }
}
