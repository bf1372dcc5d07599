package dev.squall.runner.engine.payload;

/** A pattern's text, read character by character. */
final class PatternText {
  private static final int MAX_COUNT = 4096;

  private final int[] pattern;
  private int at;

  PatternText(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  /** Reads the next character; there is one. */
  int next() {
    return pattern[at++];
  }

  /** Reads the last character again. */
  void back() {
    at--;
  }

  /** How many characters are left. */
  int left() {
    return pattern.length - at;
  }

  /** The character after the next; there is one. */
  int peekNext() {
    return pattern[at + 1];
  }

  /** Reads a count. */
  int number() {
    int value = 0;
    int from = at;
    while (more() && peek() >= '0' && peek() <= '9') {
      value = value * 10 + pattern[at++] - '0';
      if (value > MAX_COUNT) {
        throw error("a count is at most " + MAX_COUNT);
      }
    }
    if (at == from) {
      throw error("a count is a number");
    }
    return value;
  }

  /** Whether a character is left. */
  boolean more() {
    return at < pattern.length;
  }

  /** The next character, which is not read yet. */
  int peek() {
    return pattern[at];
  }

  /** Reads a character if it is the next. */
  boolean skip(int c) {
    if (more() && peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  /** What is wrong here, to be thrown. */
  IllegalArgumentException error(String what) {
    return new IllegalArgumentException(
        "pattern '%s', character %d: %s"
            .formatted(new String(pattern, 0, pattern.length), at + 1, what));
  }
}
