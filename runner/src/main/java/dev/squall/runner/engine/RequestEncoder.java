package dev.squall.runner.engine;

import dev.squall.runner.engine.http2.HeaderBlock;
import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import io.netty.buffer.ByteBuf;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * Writes one request template's requests, head and body, into one buffer. All that does not vary is
 * encoded once. Immutable; what varies is written to the caller's scratch space.
 */
final class RequestEncoder {
  private static final Set<String> WITH_BODY = Set.of("POST", "PUT", "PATCH");
  private static final byte[] CONTENT_LENGTH =
      "Content-Length: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] USER = "X-Squall-User: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] ITERATION =
      "\r\nX-Squall-Iteration: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] STEP = "\r\nX-Squall-Step: ".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] END = {'\r', '\n'};

  private final TemplateWriter head;
  private final RequestTemplate.Body body;
  private final TemplateWriter text;
  private final boolean sendsLength;
  private final boolean traceHeaders;
  private final byte @Nullable [] constant;
  private final boolean tls;

  /** The same for HTTP/2: header block and body. */
  private final byte @Nullable [] constantBlock;

  private final byte @Nullable [] constantBody;

  RequestEncoder(RequestTemplate request, Endpoint endpoint, EngineOptions options) {
    this.body = request.body();
    this.traceHeaders = options.traceHeaders();
    this.sendsLength =
        !(body instanceof RequestTemplate.Empty) || WITH_BODY.contains(request.method());
    this.head = RequestHead.of(request, endpoint, options);
    this.text =
        TemplateWriter.of(body instanceof RequestTemplate.Text t ? t.text().parts() : List.of());
    this.tls = endpoint.tls();
    boolean varies =
        traceHeaders
            || body instanceof RequestTemplate.Json
            || !head.isConstant()
            || !text.isConstant();
    this.constant = varies || endpoint.http2() ? null : whole();
    this.constantBlock = varies || !endpoint.http2() ? null : block();
    this.constantBody = varies || !endpoint.http2() ? null : body();
  }

  private byte[] whole() {
    Bytes headOut = new Bytes(512);
    Bytes bodyOut = new Bytes(64);
    write(new Draw(0, 1), new @Nullable String[0], headOut, bodyOut);
    headOut.write(bodyOut.array(), 0, bodyOut.length());
    return headOut.toArray();
  }

  private byte[] block() {
    Bytes headOut = new Bytes(512);
    Bytes block = new Bytes(512);
    write(new Draw(0, 1), new @Nullable String[0], headOut, new Bytes(64));
    HeaderBlock.write(headOut, tls, block);
    return block.toArray();
  }

  private byte[] body() {
    Bytes bodyOut = new Bytes(64);
    write(new Draw(0, 1), new @Nullable String[0], new Bytes(512), bodyOut);
    return bodyOut.toArray();
  }

  /**
   * Encodes a request.
   *
   * @param draw pointed at the request
   * @param captured the user's captured values by slot
   * @param headOut scratch space
   * @param bodyOut scratch space
   * @param browsing what changes the request once it is written; null for nothing
   * @return a buffer that the caller owns
   */
  ByteBuf encode(
      Draw draw,
      @Nullable String[] captured,
      Bytes headOut,
      Bytes bodyOut,
      @Nullable Browsing browsing,
      ReusedBuffer out) {
    if (constant != null && browsing == null) {
      return out.take(constant.length).writeBytes(constant);
    }
    writeEdited(draw, captured, headOut, bodyOut, browsing);
    return out.take(headOut.length() + bodyOut.length())
        .writeBytes(headOut.array(), 0, headOut.length())
        .writeBytes(bodyOut.array(), 0, bodyOut.length());
  }

  /** Prepares a request that goes over HTTP/2. As {@link #encode}. */
  void prepare(
      Draw draw,
      @Nullable String[] captured,
      Bytes headOut,
      Bytes bodyOut,
      @Nullable Browsing browsing,
      Http2Request out) {
    if (constantBlock != null && constantBody != null && browsing == null) {
      out.constant(constantBlock, constantBody);
    } else {
      writeEdited(draw, captured, headOut, bodyOut, browsing);
      out.of(headOut, bodyOut, tls);
    }
  }

  private void writeEdited(
      Draw draw,
      @Nullable String[] captured,
      Bytes headOut,
      Bytes bodyOut,
      @Nullable Browsing browsing) {
    headOut.clear();
    bodyOut.clear();
    write(draw, captured, headOut, bodyOut);
    if (browsing != null) {
      browsing.edit(headOut, bodyOut);
    }
  }

  private void write(Draw draw, @Nullable String[] captured, Bytes headOut, Bytes bodyOut) {
    switch (body) {
      case RequestTemplate.Empty() -> {}
      case RequestTemplate.Json json -> json.value().json(draw, json.place(), bodyOut);
      case RequestTemplate.Text _ -> text.write(draw, captured, bodyOut);
    }
    head.write(draw, captured, headOut);
    if (sendsLength) {
      headOut.write(CONTENT_LENGTH);
      headOut.decimal(bodyOut.length());
      headOut.write(END);
    }
    if (traceHeaders) {
      headOut.write(USER);
      headOut.decimal(draw.user());
      headOut.write(ITERATION);
      headOut.decimal(draw.iteration());
      headOut.write(STEP);
      headOut.decimal(draw.step());
      headOut.write(END);
    }
    headOut.write(END);
  }
}
