package dev.squall.runner.engine.http2;

import dev.squall.runner.engine.payload.Bytes;
import java.nio.charset.StandardCharsets;

/**
 * A request's head as a header block (RFC 7541), from the text that HTTP/1.1 would send. Literals
 * without Huffman coding and without the dynamic table: so a block depends on nothing that was sent
 * before, and one that does not vary is made once. Allocates nothing.
 *
 * <p>{@code Host} becomes {@code :authority}; headers that belong to an HTTP/1.1 connection are
 * left out, as RFC 9113, section 8.2.2, demands.
 */
public final class HeaderBlock {
  /**
   * The first byte of a connection's first block: the dynamic table is not used. Without it a
   * target that wants a smaller table than the usual would take the block for an error.
   */
  public static final byte NO_TABLE = 0x20;

  private static final int AUTHORITY = 1;
  private static final int METHOD = 2;
  private static final int METHOD_POST = 3;
  private static final int PATH = 4;
  private static final int SCHEME_HTTP = 6;
  private static final int SCHEME_HTTPS = 7;
  private static final int INDEXED = 0x80;

  /** Headers that the static table knows, each at its {@link #INDEXES index} there. */
  private static final byte[][] NAMES = {
    ascii("accept"),
    ascii("accept-encoding"),
    ascii("accept-language"),
    ascii("authorization"),
    ascii("content-length"),
    ascii("content-type"),
    ascii("cookie"),
    ascii("user-agent")
  };

  private static final int[] INDEXES = {19, 16, 17, 23, 28, 31, 32, 58};

  private static final byte[][] OF_THE_CONNECTION = {
    ascii("connection"),
    ascii("host"),
    ascii("keep-alive"),
    ascii("proxy-connection"),
    ascii("te"),
    ascii("transfer-encoding"),
    ascii("upgrade")
  };

  private static final byte[] HOST = ascii("host");
  private static final byte[] GET = ascii("get");
  private static final byte[] POST = ascii("post");
  private static final int VERSION_BYTES = " HTTP/1.1".length();

  private HeaderBlock() {}

  private static byte[] ascii(String text) {
    return text.getBytes(StandardCharsets.US_ASCII);
  }

  /**
   * Appends a block.
   *
   * @param head request line and header lines, each ended by CR LF, then an empty line
   * @param tls whether the scheme is https
   */
  public static void write(Bytes head, boolean tls, Bytes out) {
    byte[] b = head.array();
    int lineEnd = lineEnd(b, 0, head.length());
    int space = indexOf(b, ' ', 0, lineEnd);
    method(b, space, out);
    out.write(INDEXED | (tls ? SCHEME_HTTPS : SCHEME_HTTP));
    literal(PATH, b, space + 1, lineEnd - VERSION_BYTES, out);
    int first = lineEnd + 2;
    authority(b, first, head.length(), out);
    for (int from = first; from < head.length() && b[from] != '\r'; ) {
      int end = lineEnd(b, from, head.length());
      header(b, from, end, out);
      from = end + 2;
    }
  }

  private static void method(byte[] b, int end, Bytes out) {
    if (matches(b, 0, end, GET)) {
      out.write(INDEXED | METHOD);
    } else if (matches(b, 0, end, POST)) {
      out.write(INDEXED | METHOD_POST);
    } else {
      literal(METHOD, b, 0, end, out);
    }
  }

  /** Stands before all other headers, wherever it was. */
  private static void authority(byte[] b, int first, int length, Bytes out) {
    for (int from = first; from < length && b[from] != '\r'; ) {
      int end = lineEnd(b, from, length);
      int colon = indexOf(b, ':', from, end);
      if (matches(b, from, colon, HOST)) {
        int value = skipSpace(b, colon + 1, end);
        literal(AUTHORITY, b, value, end, out);
        return;
      }
      from = end + 2;
    }
  }

  private static void header(byte[] b, int from, int end, Bytes out) {
    int colon = indexOf(b, ':', from, end);
    for (byte[] name : OF_THE_CONNECTION) {
      if (matches(b, from, colon, name)) {
        return;
      }
    }
    int value = skipSpace(b, colon + 1, end);
    for (int i = 0; i < NAMES.length; i++) {
      if (matches(b, from, colon, NAMES[i])) {
        literal(INDEXES[i], b, value, end, out);
        return;
      }
    }
    out.write(0);
    integer(colon - from, 7, out);
    for (int i = from; i < colon; i++) {
      out.write(lower(b[i]));
    }
    integer(end - value, 7, out);
    out.write(b, value, end - value);
  }

  /** A literal whose name is in the static table. */
  private static void literal(int name, byte[] b, int from, int to, Bytes out) {
    integer(name, 4, out);
    integer(to - from, 7, out);
    out.write(b, from, to - from);
  }

  /** An integer with a prefix of so many bits, those above it being 0. */
  private static void integer(int value, int bits, Bytes out) {
    int most = (1 << bits) - 1;
    if (value < most) {
      out.write(value);
      return;
    }
    out.write(most);
    int rest = value - most;
    for (; rest >= 0x80; rest >>>= 7) {
      out.write((rest & 0x7F) | 0x80);
    }
    out.write(rest);
  }

  private static int lineEnd(byte[] b, int from, int length) {
    return indexOf(b, '\r', from, length);
  }

  /** Where a byte is first; the end if it is not there. */
  private static int indexOf(byte[] b, char wanted, int from, int to) {
    int at = from;
    while (at < to && b[at] != wanted) {
      at++;
    }
    return at;
  }

  private static int skipSpace(byte[] b, int from, int to) {
    int at = from;
    while (at < to && b[at] == ' ') {
      at++;
    }
    return at;
  }

  private static int lower(byte c) {
    return c >= 'A' && c <= 'Z' ? c + 32 : c;
  }

  private static boolean matches(byte[] b, int from, int to, byte[] lower) {
    if (to - from != lower.length) {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      if (lower(b[from + i]) != lower[i]) {
        return false;
      }
    }
    return true;
  }
}
