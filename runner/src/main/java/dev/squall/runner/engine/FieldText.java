package dev.squall.runner.engine;

/** The text of a header field (RFC 9110, 5.5) where it was read, as bytes between two places. */
final class FieldText {
  private FieldText() {}

  /** Where a part begins, after spaces and tabs. */
  static int start(byte[] b, int from, int to) {
    int at = from;
    while (at < to && (b[at] == ' ' || b[at] == '\t')) {
      at++;
    }
    return at;
  }

  /** Where a part ends, before spaces and tabs. */
  static int end(byte[] b, int from, int to) {
    int at = to;
    while (at > from && (b[at - 1] == ' ' || b[at - 1] == '\t')) {
      at--;
    }
    return at;
  }

  /** Whether a part, its letters in any case, is a text given in lower case. */
  static boolean is(byte[] b, int from, int to, byte[] lower) {
    if (to - from != lower.length) {
      return false;
    }
    for (int i = 0; i < lower.length; i++) {
      byte c = b[from + i];
      if ((c >= 'A' && c <= 'Z' ? c + 32 : c) != lower[i]) {
        return false;
      }
    }
    return true;
  }
}
