package dev.squall.runner.engine;

import static dev.squall.runner.engine.FramesServer.CONTINUATION;
import static dev.squall.runner.engine.FramesServer.DATA;
import static dev.squall.runner.engine.FramesServer.END_HEADERS;
import static dev.squall.runner.engine.FramesServer.END_STREAM;
import static dev.squall.runner.engine.FramesServer.HEADERS;
import static dev.squall.runner.engine.FramesServer.PING;
import static dev.squall.runner.engine.FramesServer.SETTINGS;
import static dev.squall.runner.engine.FramesServer.WINDOW_UPDATE;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.handler.codec.http2.DefaultHttp2HeadersEncoder;
import io.netty.handler.codec.http2.Http2Exception;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.handler.codec.http2.Http2HeadersEncoder;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Random;

/**
 * Frames of an HTTP/2 target in any shape that the protocol allows: padded or not, header blocks in
 * one frame or several, with and without Huffman coding and the dynamic table.
 */
final class RandomFrames {
  private static final int PRIORITY = 2;
  private static final int UNKNOWN = 0x50;
  private static final int PADDED = 8;
  private static final int WITH_PRIORITY = 32;

  private final Random random;
  private final Http2HeadersEncoder encoder;
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();

  RandomFrames(Random random) {
    this.random = random;
    // Huffman-coded from the first byte on, or never.
    this.encoder =
        new DefaultHttp2HeadersEncoder(
            (name, value) -> random.nextInt(4) == 0, false, 16, random.nextBoolean() ? 0 : 1_000);
  }

  /** All of them. */
  byte[] bytes() {
    return out.toByteArray();
  }

  void frame(int type, int flags, int stream, byte... payload) {
    out.writeBytes(FramesServer.bytesOf(type, flags, stream, payload));
  }

  static byte[] ints(int... values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length);
    Arrays.stream(values).forEach(bytes::putInt);
    return bytes.array();
  }

  /**
   * Settings of any kind.
   *
   * @param streams most streams at a time, 0 to leave that out
   */
  void settings(int streams) {
    ByteBuffer payload = ByteBuffer.allocate(24);
    if (streams > 0) {
      payload.putShort((short) 3).putInt(streams);
    }
    if (random.nextBoolean()) {
      payload.putShort((short) 4).putInt(new int[] {0, 10, 65_535, 100_000}[random.nextInt(4)]);
    }
    if (random.nextBoolean()) {
      payload.putShort((short) 1).putInt(random.nextInt(10_000));
    }
    if (random.nextBoolean()) {
      payload.putShort((short) 0x99).putInt(random.nextInt());
    }
    frame(SETTINGS, 0, 0, Arrays.copyOf(payload.array(), payload.position()));
  }

  /** A frame that brings no request further, though it may name one's stream. */
  void aside(int stream) {
    switch (random.nextInt(8)) {
      case 0 -> frame(PING, 0, 0, ints(random.nextInt(), random.nextInt()));
      case 1 -> frame(PING, 1, 0, new byte[8]);
      case 2 -> frame(UNKNOWN, random.nextInt(256), 0, new byte[random.nextInt(20)]);
      case 3 -> frame(WINDOW_UPDATE, 0, 0, ints(1 + random.nextInt(2_000)));
      case 4 -> frame(WINDOW_UPDATE, 0, stream, ints(1 + random.nextInt(2_000)));
      case 5 -> frame(PRIORITY, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 0, (byte) 7);
      case 6 -> frame(SETTINGS, 1, 0);
      default -> settings(0);
    }
  }

  /** A header block, in one frame or several. */
  void head(int stream, Http2Headers headers, boolean ends) {
    ByteBuf block = Unpooled.buffer();
    try {
      encoder.encodeHeaders(stream, headers, block);
    } catch (Http2Exception e) {
      throw new AssertionError(e);
    }
    int length = block.readableBytes();
    int first = random.nextBoolean() ? length : random.nextInt(length);
    int padding = padding();
    int flags = (ends ? END_STREAM : 0) | (padding < 0 ? 0 : PADDED);
    ByteBuf payload = Unpooled.buffer();
    if (padding >= 0) {
      payload.writeByte(padding);
    }
    if (random.nextInt(4) == 0) {
      flags |= WITH_PRIORITY;
      payload.writeInt(0).writeByte(3);
    }
    payload.writeBytes(block, first).writeZero(Math.max(0, padding));
    frame(HEADERS, block.isReadable() ? flags : flags | END_HEADERS, stream, bytes(payload));
    while (block.isReadable()) {
      ByteBuf part = block.readSlice(random.nextInt(1, block.readableBytes() + 1));
      frame(CONTINUATION, block.isReadable() ? 0 : END_HEADERS, stream, bytes(part));
    }
  }

  /** Bytes of padding, -1 for none. */
  private int padding() {
    return random.nextInt(3) == 0 ? random.nextInt(9) : -1;
  }

  private static byte[] bytes(ByteBuf from) {
    byte[] bytes = new byte[from.readableBytes()];
    from.readBytes(bytes);
    return bytes;
  }

  /** A part of a body. */
  void data(int stream, byte[] body, int from, int count, boolean ends) {
    int padding = padding();
    ByteArrayOutputStream payload = new ByteArrayOutputStream();
    if (padding >= 0) {
      payload.write(padding);
    }
    payload.write(body, from, count);
    payload.writeBytes(new byte[Math.max(0, padding)]);
    int flags = (ends ? END_STREAM : 0) | (padding < 0 ? 0 : PADDED);
    frame(DATA, flags, stream, payload.toByteArray());
  }
}
