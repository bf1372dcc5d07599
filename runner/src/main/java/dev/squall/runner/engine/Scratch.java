package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What an event loop's HTTP/1.1 requests are written with, and answers are looked at with, one at a
 * time. Only that calls it.
 */
final class Scratch {
  /** Longer requests are rare; each of those gets a buffer of its own. */
  private static final int WRITE_BYTES = 65_536;

  private final Bytes headOut = new Bytes(1024);
  private final Bytes bodyOut = new Bytes(1024);
  private final ReusedBuffer out = new ReusedBuffer(WRITE_BYTES);
  private final byte[] window = Lines.window();
  private final ParsedResponse response = new ParsedResponse();
  private final int maxBodyBytes;

  /**
   * Room for one request and one answer.
   *
   * @param maxBodyBytes largest body that is kept
   */
  Scratch(int maxBodyBytes) {
    this.maxBodyBytes = maxBodyBytes;
  }

  /** Writes a request into a buffer that the caller owns. */
  ByteBuf encode(
      RequestEncoder encoder,
      Draw pointed,
      @Nullable String[] captured,
      @Nullable Browsing browsing) {
    return encoder.encode(pointed, captured, headOut, bodyOut, browsing, out);
  }

  /** A parser for one connection; all of them look at heads in one window. */
  ResponseParser newParser() {
    return new ResponseParser(window, maxBodyBytes);
  }

  /** The answer that is looked at, of either protocol. */
  ParsedResponse response() {
    return response;
  }
}
