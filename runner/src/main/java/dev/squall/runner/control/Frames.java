package dev.squall.runner.control;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/** Frames of bytes, each behind its length (4 bytes, big endian). */
final class Frames {
  private Frames() {}

  /** One frame. */
  static byte[] frame(byte[] content) {
    return ByteBuffer.allocate(Integer.BYTES + content.length)
        .putInt(content.length)
        .put(content)
        .array();
  }

  /** The contents of all frames. */
  static List<byte[]> contents(byte[] frames) throws IOException {
    List<byte[]> contents = new ArrayList<>();
    ByteBuffer in = ByteBuffer.wrap(frames);
    while (in.hasRemaining()) {
      int length = in.remaining() < Integer.BYTES ? -1 : in.getInt();
      if (length < 0 || length > in.remaining()) {
        throw new IOException("an answer ends in the middle of a frame");
      }
      byte[] content = new byte[length];
      in.get(content);
      contents.add(content);
    }
    return contents;
  }
}
