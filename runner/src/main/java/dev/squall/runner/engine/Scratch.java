package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import io.netty.buffer.ByteBuf;
import java.util.ArrayDeque;
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
  private final ArrayDeque<ResponseParser> parsers = new ArrayDeque<>();
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

  /**
   * A parser for one answer, to be given back. There are as many as answers were awaited at a time,
   * however many connections come and go; all of them look at heads in one window.
   */
  ResponseParser takeParser() {
    ResponseParser spare = parsers.pollLast();
    return spare == null ? new ResponseParser(window, maxBodyBytes) : spare;
  }

  /** Takes back a parser, whose answer nobody looks at any more. */
  void giveBack(ResponseParser parser) {
    parser.kept().release();
    parsers.addLast(parser);
  }

  /** The answer that is looked at, of either protocol. */
  ParsedResponse response() {
    return response;
  }
}
