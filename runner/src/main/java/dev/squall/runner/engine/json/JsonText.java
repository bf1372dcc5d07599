package dev.squall.runner.engine.json;

import java.util.Arrays;

/** Compares a string of a document, as it stands there in UTF-8, with a text. */
final class JsonText {
  private JsonText() {}

  /**
   * Whether a string is a text.
   *
   * @param from its first byte after the quote
   * @param to its closing quote
   * @param escaped whether there is a backslash in it; its escapes are well-formed
   * @param text the text in UTF-8, without U+FFFD
   */
  static boolean same(byte[] b, int from, int to, boolean escaped, byte[] text) {
    return escaped
        ? sameEscaped(b, from, to, text)
        : Arrays.equals(b, from, to, text, 0, text.length);
  }

  private static boolean sameEscaped(byte[] b, int from, int to, byte[] text) {
    int seen = 0;
    int at = from;
    while (at < to) {
      int c = b[at];
      if (c != '\\') {
        at++;
        if (seen == text.length || text[seen++] != c) {
          return false;
        }
        continue;
      }
      int point = escape(b, at + 1);
      at += b[at + 1] == 'u' ? 6 : 2;
      if (Character.isHighSurrogate((char) point)
          && at + 1 < to
          && b[at] == '\\'
          && b[at + 1] == 'u'
          && Character.isLowSurrogate((char) escape(b, at + 1))) {
        point = Character.toCodePoint((char) point, (char) escape(b, at + 1));
        at += 6;
      }
      int length = pointLength(point);
      if (length == 0 || seen + length > text.length || !samePoint(point, length, text, seen)) {
        return false;
      }
      seen += length;
    }
    return seen == text.length;
  }

  /** The UTF-16 unit that an escape stands for. */
  private static int escape(byte[] b, int at) {
    return switch (b[at]) {
      case 'b' -> '\b';
      case 'f' -> '\f';
      case 'n' -> '\n';
      case 'r' -> '\r';
      case 't' -> '\t';
      case 'u' ->
          (hex(b[at + 1]) << 12) | (hex(b[at + 2]) << 8) | (hex(b[at + 3]) << 4) | hex(b[at + 4]);
      default -> b[at];
    };
  }

  /** Value of a hexadecimal digit, -1 if it is none. */
  static int hex(int c) {
    if (c >= '0' && c <= '9') {
      return c - '0';
    }
    int lower = c | 0x20;
    return lower >= 'a' && lower <= 'f' ? lower - 'a' + 10 : -1;
  }

  /** Bytes of a code point in UTF-8; 0 for half of a surrogate pair, which has none. */
  private static int pointLength(int c) {
    if (c < 0x80) {
      return 1;
    }
    if (c < 0x800) {
      return 2;
    }
    if (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) {
      return 0;
    }
    return c < 0x10000 ? 3 : 4;
  }

  private static boolean samePoint(int c, int length, byte[] text, int at) {
    if (length == 1) {
      return text[at] == c;
    }
    int lead = (0xF00 >> length) & 0xFF;
    if ((text[at] & 0xFF) != (lead | (c >> (6 * (length - 1))))) {
      return false;
    }
    for (int i = 1; i < length; i++) {
      if ((text[at + i] & 0xFF) != (0x80 | ((c >> (6 * (length - 1 - i))) & 0x3F))) {
        return false;
      }
    }
    return true;
  }
}
