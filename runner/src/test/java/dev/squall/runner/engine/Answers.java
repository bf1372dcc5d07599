package dev.squall.runner.engine;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;

/** HTTP/1.1 answers at random, and what is left of them after a few bytes changed. */
final class Answers {
  private static final String[] HEADERS = {
    "Server: nginx",
    "X-Empty:",
    "Content-Type: application/json",
    "Set-Cookie: a=b; Path=/",
    "Date: now",
    "X-Long: " + "v".repeat(200),
    "Connection: keep-alive",
    "Connection: close",
    "x:y",
    "Content-Encoding: gzip"
  };
  private static final byte[] CHANGES =
      "\r\n: \t;0123456789abcdefHTP/.xchunked,\0\u00ff".getBytes(StandardCharsets.ISO_8859_1);

  private final Random random;

  Answers(long seed) {
    random = new Random(seed);
  }

  /** A well-formed answer to a GET. */
  byte[] next() {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    for (int interim = random.nextInt(10); interim > 8; interim--) {
      write(
          out,
          "HTTP/1.1 10" + (random.nextBoolean() ? "0 Continue" : "3 Early Hints") + "\r\n\r\n");
    }
    int status = new int[] {200, 201, 204, 304, 400, 404, 500, 503}[random.nextInt(8)];
    write(out, "HTTP/1.1 " + status + (random.nextBoolean() ? " Some Reason" : " ") + "\r\n");
    headers(out);
    byte[] body = new byte[random.nextInt(6) == 0 ? 0 : random.nextInt(120)];
    random.nextBytes(body);
    boolean none = status == 204 || status == 304;
    switch (random.nextInt(3)) {
      case 0 -> {
        write(out, any("Content-Length: ") + body.length + "\r\n");
        headers(out);
        write(out, "\r\n");
        out.writeBytes(none ? new byte[0] : body);
      }
      case 1 -> {
        write(out, any("Transfer-Encoding: chunked") + "\r\n");
        headers(out);
        write(out, "\r\n");
        if (!none) {
          chunks(out, body);
        }
      }
      default -> {
        write(out, "\r\n");
        out.writeBytes(none ? new byte[0] : body);
      }
    }
    return out.toByteArray();
  }

  /** An answer with up to three bytes changed, lost or added, or cut off. */
  byte[] changed() {
    byte[] answer = next();
    for (int i = random.nextInt(1, 4); i > 0; i--) {
      // Mostly in the head, where it matters.
      int at = Math.min(answer.length, random.nextInt(random.nextInt(4) == 0 ? 400 : 120));
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      out.write(answer, 0, at);
      int kind = random.nextInt(3);
      if (kind != 0) {
        out.write(
            random.nextInt(8) == 0 ? random.nextInt(256) : CHANGES[random.nextInt(CHANGES.length)]);
      }
      int from = kind == 2 ? at : Math.min(answer.length, at + 1);
      out.write(answer, from, answer.length - from);
      answer = out.toByteArray();
    }
    return random.nextInt(10) == 0
        ? Arrays.copyOf(answer, random.nextInt(answer.length + 1))
        : answer;
  }

  private void headers(ByteArrayOutputStream out) {
    for (int i = random.nextInt(4); i > 0; i--) {
      write(out, HEADERS[random.nextInt(HEADERS.length)] + "\r\n");
    }
  }

  private void chunks(ByteArrayOutputStream out, byte[] body) {
    for (int at = 0; at < body.length; ) {
      int size = random.nextInt(1, body.length - at + 1);
      write(out, (random.nextBoolean() ? "" : "0") + Integer.toHexString(size));
      write(out, (random.nextInt(5) == 0 ? ";name=value" : "") + "\r\n");
      out.write(body, at, size);
      write(out, "\r\n");
      at += size;
    }
    write(out, "0\r\n" + (random.nextInt(4) == 0 ? "Trailer: x\r\n" : "") + "\r\n");
  }

  private String any(String header) {
    return switch (random.nextInt(3)) {
      case 0 -> header.toLowerCase(Locale.ROOT);
      case 1 -> header.toUpperCase(Locale.ROOT);
      default -> header;
    };
  }

  private static void write(ByteArrayOutputStream out, String text) {
    out.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
  }
}
