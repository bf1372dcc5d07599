package dev.squall.runner.engine.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The words of a document (RFC 8259), one after the other: what {@link JsonScan} is made of. */
final class JsonTokens {
  private static final int MAX_NUMBER_LENGTH = 500;
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  private byte[] b = {};
  private int at;
  private int end;
  private boolean tooLong;

  /** Stands before a document of a length. */
  void over(byte[] document, int length) {
    b = document;
    at = 0;
    end = length;
    tooLong = false;
  }

  byte[] document() {
    return b;
  }

  /** Where it stands. */
  int at() {
    return at;
  }

  boolean atEnd() {
    return at == end;
  }

  /** The byte it stands before; there must be one. */
  int peek() {
    return b[at];
  }

  /** Takes the byte it stands before. */
  void skip() {
    at++;
  }

  /** Takes the byte it stands before, if there is one and it is the one. */
  boolean take(int wanted) {
    return at < end && b[at++] == wanted;
  }

  /** Whether a number was met that is longer than is looked at. */
  boolean tooLong() {
    return tooLong;
  }

  /** Skips white space; whether anything follows. */
  boolean space() {
    while (at < end) {
      int c = b[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return true;
      }
      at++;
    }
    return false;
  }

  /** Reads a value that is neither object nor array; {@link JsonKind#MISSING} if it is none. */
  JsonKind scalar() {
    return switch (b[at]) {
      case '"' -> string();
      case 't' -> word(TRUE, JsonKind.TRUE);
      case 'f' -> word(FALSE, JsonKind.FALSE);
      case 'n' -> word(NULL, JsonKind.NULL);
      case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
      default -> JsonKind.MISSING;
    };
  }

  private JsonKind word(byte[] word, JsonKind kind) {
    int to = at + word.length;
    if (to > end || !Arrays.equals(b, at, to, word, 0, word.length)) {
      return JsonKind.MISSING;
    }
    at = to;
    return kind;
  }

  private JsonKind number() {
    int start = at;
    at += b[at] == '-' ? 1 : 0;
    if (at < end && b[at] == '0') {
      at++;
    } else if (!digits()) {
      return JsonKind.MISSING;
    }
    boolean whole = true;
    if (at < end && b[at] == '.') {
      at++;
      whole = false;
      if (!digits()) {
        return JsonKind.MISSING;
      }
    }
    if (at < end && (b[at] | 0x20) == 'e') {
      at++;
      whole = false;
      at += at < end && (b[at] == '+' || b[at] == '-') ? 1 : 0;
      if (!digits()) {
        return JsonKind.MISSING;
      }
    }
    if (at - start > MAX_NUMBER_LENGTH) {
      tooLong = true;
      return JsonKind.MISSING;
    }
    return whole ? JsonKind.INTEGER : JsonKind.DECIMAL;
  }

  /** Skips digits; whether there was one. */
  private boolean digits() {
    int start = at;
    while (at < end && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    return at > start;
  }

  /** Reads a string that begins here. */
  JsonKind string() {
    boolean escaped = false;
    at++;
    while (at < end) {
      int c = b[at++];
      if (c == '"') {
        return escaped ? JsonKind.ESCAPED : JsonKind.STRING;
      }
      if (c == '\\') {
        escaped = true;
        if (!escape()) {
          return JsonKind.MISSING;
        }
      } else if (c >= 0 && c < ' ') {
        return JsonKind.MISSING;
      }
    }
    return JsonKind.MISSING;
  }

  private boolean escape() {
    if (at == end) {
      return false;
    }
    switch (b[at++]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return true;
      }
      case 'u' -> {
        int to = at + 4;
        while (at < to && at < end && JsonText.hex(b[at]) >= 0) {
          at++;
        }
        return at == to;
      }
      default -> {
        return false;
      }
    }
  }
}
