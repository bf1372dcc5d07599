package dev.squall.runner.engine;

import dev.squall.runner.engine.http2.HeaderBlock;
import dev.squall.runner.engine.payload.Bytes;

/**
 * The request that is sent next over HTTP/2: its header block and its body. One for each event
 * loop, which alone calls it.
 */
final class Http2Request {
  private static final byte[] NOTHING = {};

  private final Bytes made = new Bytes(1024);
  private byte[] block = NOTHING;
  private int blockLength;
  private byte[] body = NOTHING;
  private int bodyLength;

  /** What does not vary; not to be changed. */
  void constant(byte[] wholeBlock, byte[] wholeBody) {
    block = wholeBlock;
    blockLength = wholeBlock.length;
    body = wholeBody;
    bodyLength = wholeBody.length;
  }

  /** What was written for this request alone. */
  void of(Bytes head, Bytes bodyOut, boolean tls) {
    made.clear();
    HeaderBlock.write(head, tls, made);
    block = made.array();
    blockLength = made.length();
    body = bodyOut.array();
    bodyLength = bodyOut.length();
  }

  byte[] block() {
    return block;
  }

  int blockLength() {
    return blockLength;
  }

  byte[] body() {
    return body;
  }

  int bodyLength() {
    return bodyLength;
  }
}
