package dev.squall.runner.rehearsal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** Finds the ends of one connection's requests: a head, then as many bytes as it announces. */
final class Http1Requests {
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Type: application/json\r\nContent-Length: 2\r\n\r\n{}"
          .getBytes(StandardCharsets.US_ASCII);

  private static final int BODY = 2;
  private static final String LENGTH = "\r\ncontent-length:";

  private byte[] head = new byte[512];
  private int headLength;
  private long bodyLeft;
  private boolean inBody;
  private boolean toHead;

  /** Takes bytes up to the end of a request, and tells whether that was reached. */
  boolean read(ByteBuffer in) {
    while (in.hasRemaining()) {
      if (inBody) {
        int taken = (int) Math.min(in.remaining(), bodyLeft);
        in.position(in.position() + taken);
        bodyLeft -= taken;
      } else {
        take(in.get());
      }
      if (inBody && bodyLeft == 0) {
        inBody = false;
        return true;
      }
    }
    return false;
  }

  private void take(byte b) {
    if (headLength == head.length) {
      head = Arrays.copyOf(head, 2 * headLength);
    }
    head[headLength++] = b;
    if (b == '\n'
        && headLength >= 4
        && head[headLength - 2] == '\r'
        && head[headLength - 3] == '\n'
        && head[headLength - 4] == '\r') {
      String text =
          new String(head, 0, headLength, StandardCharsets.ISO_8859_1).toLowerCase(Locale.ROOT);
      int at = text.indexOf(LENGTH);
      toHead = text.startsWith("head ");
      bodyLeft =
          at < 0
              ? 0
              : Long.parseLong(
                  text.substring(at + LENGTH.length(), text.indexOf('\r', at + LENGTH.length()))
                      .strip());
      inBody = true;
      headLength = 0;
    }
  }

  /** The answer to the request just read: without its body if the request was a HEAD. */
  ByteBuffer answer() {
    return ByteBuffer.wrap(ANSWER, 0, toHead ? ANSWER.length - BODY : ANSWER.length);
  }
}
