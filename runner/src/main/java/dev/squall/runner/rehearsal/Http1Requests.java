package dev.squall.runner.rehearsal;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;

/** The ends of HTTP/1.1 requests: a head, then as many bytes as it announces. */
final class Http1Requests implements Requests {
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

  @Override
  public Due read(ByteBuffer in) {
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
        return Due.ANSWER;
      }
    }
    return Due.NOTHING;
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

  @Override
  public ByteBuffer answer() {
    // Without its body if the request was a HEAD.
    return ByteBuffer.wrap(ANSWER, 0, toHead ? ANSWER.length - BODY : ANSWER.length);
  }
}
