package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Headers;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** What the HTTP/2 connections of an event loop write and read with. Only that calls it. */
final class Http2Scratch {
  private static final int WRITE_BYTES = 65_536;

  private final Bytes headOut = new Bytes(1024);
  private final Bytes bodyOut = new Bytes(1024);
  private final ReusedBuffer out = new ReusedBuffer(WRITE_BYTES);
  private final Http2Request request = new Http2Request();
  private final Http2Head head = new Http2Head();
  private final int maxBodyBytes;

  /** Where each header block's fields are looked at. */
  final Supplier<Http2Headers> heads = head::begin;

  /**
   * Room for one request and one head at a time.
   *
   * @param maxBodyBytes largest body that is kept
   */
  Http2Scratch(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Prepares a request; what is given is valid until the next. */
  Http2Request prepare(
      RequestEncoder encoder, Draw draw, @Nullable String[] captured, @Nullable Browsing browsing) {
    encoder.prepare(draw, captured, headOut, bodyOut, browsing, request);
    return request;
  }

  /** The head that was read last. */
  Http2Head head() {
    return head;
  }

  /** An empty buffer that the caller owns. */
  ByteBuf take(int bytes) {
    return out.take(bytes);
  }

  Http2Answer newAnswer() {
    return new Http2Answer(maxBodyBytes);
  }
}
