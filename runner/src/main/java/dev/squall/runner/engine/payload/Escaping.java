package dev.squall.runner.engine.payload;

/** How a value is made safe for the place it is written to. */
public enum Escaping {
  /** As it is: a text body. */
  NONE,
  /** Inside a JSON string, without its quotes. */
  JSON,
  /** A query parameter or path segment: all but letters, digits and {@code -._~} as %XX. */
  URL,
  /** A form field: as {@link #URL}, but a space is a plus sign. */
  FORM,
  /**
   * A path, in which a slash and other delimiters keep their meaning: only what must not stand in a
   * request line becomes %XX.
   */
  PATH,
  /** A header's value: control characters, which would end it, become spaces. */
  HEADER;

  private static final String UNRESERVED = "-._~";
  private static final String NOT_IN_PATH = "\"<>\\^`{|}#";

  /** Escapes in place what was written from {@code from} to the end. */
  public void apply(Bytes out, int from) {
    if (this == NONE) {
      return;
    }
    int end = out.length();
    byte[] array = out.array();
    int more = 0;
    boolean changed = false;
    for (int i = from; i < end; i++) {
      int width = width(array[i] & 0xFF);
      more += Math.abs(width) - 1;
      changed |= width != 1;
    }
    if (!changed) {
      return;
    }
    out.reserve(more);
    array = out.array();
    int to = end + more;
    for (int i = end - 1; i >= from; i--) {
      int c = array[i] & 0xFF;
      int width = width(c);
      if (width == 1) {
        array[--to] = (byte) c;
      } else {
        to -= Math.abs(width);
        replace(array, to, c, width);
      }
    }
    out.advance(more);
  }

  /** Bytes that c becomes: 1 if it stays as it is, -1 if another single byte takes its place. */
  private int width(int c) {
    return switch (this) {
      case NONE -> 1;
      case JSON ->
          c == '"' || c == '\\' || c == '\n' || c == '\r' || c == '\t' ? 2 : c < 0x20 ? 6 : 1;
      case URL -> unreserved(c) ? 1 : 3;
      case FORM -> c == ' ' ? -1 : unreserved(c) ? 1 : 3;
      case PATH -> c <= 0x20 || c >= 0x7F || NOT_IN_PATH.indexOf(c) >= 0 ? 3 : 1;
      case HEADER -> (c < 0x20 && c != '\t') || c == 0x7F ? -1 : 1;
    };
  }

  private static boolean unreserved(int c) {
    return (c >= 'a' && c <= 'z')
        || (c >= 'A' && c <= 'Z')
        || (c >= '0' && c <= '9')
        || UNRESERVED.indexOf(c) >= 0;
  }

  private void replace(byte[] array, int at, int c, int width) {
    if (width == -1) {
      array[at] = (byte) (this == FORM ? '+' : ' ');
    } else if (width == 2) {
      array[at] = '\\';
      array[at + 1] =
          (byte)
              switch (c) {
                case '\n' -> 'n';
                case '\r' -> 'r';
                case '\t' -> 't';
                default -> c;
              };
    } else if (width == 3) {
      array[at] = '%';
      array[at + 1] = hex(c >> 4);
      array[at + 2] = hex(c & 0xF);
    } else {
      array[at] = '\\';
      array[at + 1] = 'u';
      array[at + 2] = '0';
      array[at + 3] = '0';
      array[at + 4] = hex(c >> 4);
      array[at + 5] = hex(c & 0xF);
    }
  }

  private static byte hex(int digit) {
    return (byte) (digit < 10 ? '0' + digit : 'A' + digit - 10);
  }
}
