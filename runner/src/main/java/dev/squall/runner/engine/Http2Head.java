package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import io.netty.handler.codec.http2.DefaultHttp2Headers;
import io.netty.handler.codec.http2.Http2Headers;
import io.netty.util.AsciiString;
import org.jspecify.annotations.Nullable;

/**
 * What the head of an HTTP/2 answer says about its status and framing, and its lines as HTTP/1.1
 * would have them. One for each event loop, which alone calls it: each field is looked at as it is
 * decoded, and none is held.
 */
final class Http2Head extends DefaultHttp2Headers {
  private static final AsciiString STATUS = AsciiString.cached(":status");
  private static final AsciiString CONTENT_LENGTH = AsciiString.cached("content-length");
  private static final AsciiString CONTENT_ENCODING = AsciiString.cached("content-encoding");
  private static final int MAX_DIGITS = 18;

  private final Bytes lines = new Bytes(1024);
  private int status;
  private long contentLength = -1;
  private Coding coding = Coding.IDENTITY;
  private @Nullable String problem;

  Http2Head() {
    super(false, 2);
  }

  /** Expects the next head. */
  Http2Head begin() {
    lines.clear();
    status = 0;
    contentLength = -1;
    coding = Coding.IDENTITY;
    problem = null;
    return this;
  }

  @Override
  public Http2Headers add(CharSequence name, CharSequence value) {
    AsciiString key = AsciiString.of(name);
    AsciiString text = AsciiString.of(value);
    if (key.length() > 0 && key.byteAt(0) == ':') {
      pseudo(key, text);
    } else {
      regular(key, text);
    }
    return this;
  }

  /** Whether a pseudo-header has been there before; nobody asks for another. */
  @Override
  public boolean contains(CharSequence name) {
    return status != 0;
  }

  private void pseudo(AsciiString name, AsciiString value) {
    status = name.contentEquals(STATUS) && value.length() == 3 ? (int) number(value) : -1;
  }

  private void regular(AsciiString name, AsciiString value) {
    byte[] letters = name.array();
    int from = name.arrayOffset();
    for (int i = 0; i < name.length(); i++) {
      byte c = letters[from + i];
      if (c <= ' ' || c == ':' || (c >= 'A' && c <= 'Z')) {
        problem = "header name that HTTP/2 does not allow";
        return;
      }
    }
    if (name.length() == CONTENT_LENGTH.length() && name.contentEquals(CONTENT_LENGTH)) {
      contentLength(value);
    } else if (name.length() == CONTENT_ENCODING.length() && name.contentEquals(CONTENT_ENCODING)) {
      int at = value.arrayOffset();
      coding = coding.and(value.array(), at, at + value.length());
    }
    lines.write(letters, from, name.length());
    lines.write(':');
    lines.write(' ');
    lines.write(value.array(), value.arrayOffset(), value.length());
    lines.write('\n');
  }

  private void contentLength(AsciiString value) {
    long length = number(value);
    if (length < 0) {
      problem = "Content-Length is not a number";
    } else if (contentLength >= 0 && contentLength != length) {
      problem = "two different Content-Length headers";
    }
    contentLength = length;
  }

  /** A number, -1 if it is none. */
  private static long number(AsciiString text) {
    if (text.isEmpty() || text.length() > MAX_DIGITS) {
      return -1;
    }
    long value = 0;
    for (int i = 0; i < text.length(); i++) {
      byte c = text.byteAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      value = value * 10 + c - '0';
    }
    return value;
  }

  /** Status code, -1 if that is none, 0 if it is missing. */
  int statusCode() {
    return status;
  }

  /** Content-Length, -1 if there is none. */
  long contentLength() {
    return contentLength;
  }

  /** How the body is coded. */
  Coding coding() {
    return coding;
  }

  /** The header lines, each ended by a line feed. */
  Bytes lines() {
    return lines;
  }

  /** What is wrong with a field, or null. */
  @Nullable String problem() {
    return problem;
  }
}
