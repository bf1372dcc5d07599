package dev.squall.runner.engine;

import org.jspecify.annotations.Nullable;

/** What the head of an answer says about its status and framing. */
final class Head {
  private static final byte[] CONTENT_LENGTH = ascii("content-length");
  private static final byte[] TRANSFER_ENCODING = ascii("transfer-encoding");
  private static final byte[] CONTENT_ENCODING = ascii("content-encoding");
  private static final byte[] CONNECTION = ascii("connection");
  private static final byte[] CHUNKED = ascii("chunked");
  private static final byte[] CLOSE = ascii("close");
  private static final byte[] KEEP_ALIVE = ascii("keep-alive");
  private static final byte[] VERSION = ascii("http/1.");

  private int status;
  private boolean version10;
  private long contentLength;
  private boolean transferEncoding;
  private boolean chunked;
  private boolean close;
  private boolean keepAlive;
  private boolean framingHeader;
  private Coding coding = Coding.IDENTITY;

  private static byte[] ascii(String text) {
    return text.getBytes(java.nio.charset.StandardCharsets.US_ASCII);
  }

  void clear() {
    status = 0;
    version10 = false;
    contentLength = -1;
    transferEncoding = false;
    chunked = false;
    close = false;
    keepAlive = false;
    framingHeader = false;
    coding = Coding.IDENTITY;
  }

  int status() {
    return status;
  }

  /** Content-Length, -1 if there is none. */
  long contentLength() {
    return contentLength;
  }

  boolean chunked() {
    return chunked;
  }

  /** How the body is coded. */
  Coding coding() {
    return coding;
  }

  /** Whether the connection can be used again, if the answer's end is not the connection's. */
  boolean keepAlive() {
    boolean doubtfulFraming = transferEncoding && contentLength >= 0;
    return !close && !doubtfulFraming && (!version10 || keepAlive);
  }

  /** Reads the first line; null, or what is wrong with it. */
  @Nullable String statusLine(byte[] b, int from, int to) {
    int at = from + VERSION.length;
    if (to - from < 12 || !FieldText.is(b, from, at, VERSION) || b[at + 1] != ' ') {
      return "not an HTTP/1 status line";
    }
    version10 = b[at] == '0';
    for (int i = at + 2; i < at + 5; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return "status is not three digits";
      }
      status = status * 10 + b[i] - '0';
    }
    return status < 100 || (to > at + 5 && b[at + 5] != ' ') ? "status is not three digits" : null;
  }

  /** Reads a header line; null, or what is wrong with it. */
  @Nullable String header(byte[] b, int from, int to) {
    if (b[from] == ' ' || b[from] == '\t') {
      // A folded line goes on with the value before, which matters only for framing.
      return framingHeader ? "folded framing header" : null;
    }
    int colon = Scan.next(b, from, to, Scan.COLON);
    if (colon == to || colon == from || b[colon - 1] == ' ' || b[colon - 1] == '\t') {
      return "header line without a name and a colon";
    }
    framingHeader = true;
    return switch (colon - from) {
      case 10 -> FieldText.is(b, from, colon, CONNECTION) ? connection(b, colon + 1, to) : other();
      case 14 ->
          FieldText.is(b, from, colon, CONTENT_LENGTH) ? contentLength(b, colon + 1, to) : other();
      case 16 ->
          FieldText.is(b, from, colon, CONTENT_ENCODING) ? coding(b, colon + 1, to) : other();
      case 17 ->
          FieldText.is(b, from, colon, TRANSFER_ENCODING)
              ? transferEncoding(b, colon + 1, to)
              : other();
      default -> other();
    };
  }

  /** Judges the whole; null, or what is wrong with it. */
  @Nullable String end() {
    if (transferEncoding && version10) {
      return "Transfer-Encoding in HTTP/1.0";
    }
    return status == 101 ? "status 101 without an upgrade asked for" : null;
  }

  private @Nullable String other() {
    framingHeader = false;
    return null;
  }

  private @Nullable String contentLength(byte[] b, int valueFrom, int valueTo) {
    int from = FieldText.start(b, valueFrom, valueTo);
    int to = FieldText.end(b, from, valueTo);
    if (from == to || to - from > 18) {
      return "Content-Length is not a number";
    }
    long value = 0;
    for (int i = from; i < to; i++) {
      if (b[i] < '0' || b[i] > '9') {
        return "Content-Length is not a number";
      }
      value = value * 10 + b[i] - '0';
    }
    if (contentLength >= 0 && contentLength != value) {
      return "two different Content-Length headers";
    }
    contentLength = value;
    return null;
  }

  private @Nullable String coding(byte[] b, int valueFrom, int valueTo) {
    int from = FieldText.start(b, valueFrom, valueTo);
    coding = coding.and(b, from, FieldText.end(b, from, valueTo));
    return null;
  }

  /** The last coding decides: chunked frames the body, anything else runs to the end. */
  private @Nullable String transferEncoding(byte[] b, int valueFrom, int valueTo) {
    transferEncoding = true;
    int to = FieldText.end(b, valueFrom, valueTo);
    int from = to;
    while (from > valueFrom && b[from - 1] != ',') {
      from--;
    }
    chunked = FieldText.is(b, FieldText.start(b, from, to), to, CHUNKED);
    return null;
  }

  private @Nullable String connection(byte[] b, int valueFrom, int valueTo) {
    int from = valueFrom;
    while (from < valueTo) {
      int comma = from;
      while (comma < valueTo && b[comma] != ',') {
        comma++;
      }
      int start = FieldText.start(b, from, comma);
      int end = FieldText.end(b, start, comma);
      close |= FieldText.is(b, start, end, CLOSE);
      keepAlive |= FieldText.is(b, start, end, KEEP_ALIVE);
      from = comma + 1;
    }
    return null;
  }
}
