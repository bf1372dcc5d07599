package dev.squall.api.check;

/** A pattern's class of characters, such as {@code [a-z\d]}: checked, and which ones it has. */
final class PatternClass {
  private final PatternText text;

  /** Which of the characters up to {@code ~} it has. */
  private final boolean[] has = new boolean['~' + 1];

  private PatternClass(PatternText text) {
    this.text = text;
  }

  /**
   * Takes a class that begins here.
   *
   * @throws IllegalArgumentException if it does not parse, or leaves no character
   */
  static void take(PatternText text) {
    new PatternClass(text).take();
  }

  private void take() {
    int start = text.at();
    text.take();
    boolean negated = text.skip('^');
    boolean first = true;
    while (first || !text.skip(']')) {
      first = false;
      if (!text.more()) {
        throw text.wrong("no ] ends the class; write \\[ for the character", start);
      }
      range();
    }
    boolean all = true;
    for (int c = ' '; c <= '~'; c++) {
      all &= has[c];
    }
    if (negated && all) {
      throw text.wrong("the class leaves no character", start);
    }
  }

  private void range() {
    int low = character();
    int high = low >= 0 && text.skipRange() ? character() : low;
    if (high < low || high - low > 0xFFFF) {
      throw text.wrong("a range goes from a lower to a higher character");
    }
    for (int c = Math.max(low, 0); c <= Math.min(high, '~'); c++) {
      has[c] = true;
    }
  }

  /** A character, or -1 for an escape that stands for several. */
  private int character() {
    if (!text.isAt('\\')) {
      return text.take();
    }
    int escaped = text.escape();
    return switch (escaped) {
      case 'd', 'w' -> {
        several(escaped == 'd');
        yield -1;
      }
      case 's' -> ' ';
      case 't' -> '\t';
      case 'n' -> '\n';
      case 'r' -> '\r';
      default -> escaped;
    };
  }

  /** Digits, or all that words are made of. */
  private void several(boolean digits) {
    for (int c = 0; c < has.length; c++) {
      boolean digit = c >= '0' && c <= '9';
      has[c] |= digit || (!digits && (c == '_' || Character.isLetter(c)));
    }
  }
}
