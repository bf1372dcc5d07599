package dev.squall.api.check;

/**
 * Checks a pattern that strings are generated from: literal characters, classes, {@code \d}, {@code
 * \w}, {@code \s}, a dot, groups with {@code |}, and counts. The language is that of the runner's
 * generator, which has a parser of its own: this one only judges, that one also writes. A test of
 * the runner holds the two together.
 */
public final class StringPattern {
  private static final int UNBOUNDED = 16;
  private static final int MAX_COUNT = 4096;
  private static final int MAX_DEPTH = 32;
  private static final long MAX_LENGTH = 65_536;
  private static final String KNOWN_ESCAPES = "dwstnr";

  private final int[] pattern;
  private int at;
  private int depth;

  private StringPattern(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it does not parse, or its strings can be too long; the
   *     message says where and what to do
   */
  public static void check(String text) {
    StringPattern parser = new StringPattern(text);
    parser.skip('^');
    long longest = parser.alternatives();
    if (parser.more()) {
      throw parser.wrong("a ) without its (; write \\) for the character");
    }
    if (longest > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "its strings can be longer than " + MAX_LENGTH + " characters; lower its counts");
    }
  }

  // Each method below returns the length of the longest string of what it read.

  private long alternatives() {
    if (++depth > MAX_DEPTH) {
      throw wrong("groups nest at most " + MAX_DEPTH + " deep");
    }
    long longest = 0;
    do {
      longest = Math.max(longest, inTurn());
    } while (skip('|'));
    depth--;
    return longest;
  }

  private long inTurn() {
    long length = 0;
    while (more() && pattern[at] != '|' && pattern[at] != ')') {
      if (pattern[at] == '$' && at == pattern.length - 1) {
        at++;
        break;
      }
      length += counted(atom());
    }
    return length;
  }

  private long atom() {
    int c = pattern[at];
    switch (c) {
      case '(' -> {
        return group();
      }
      case '[' -> characterClass();
      case '\\' -> escape();
      case '{', '}', '?', '+', '*' ->
          throw wrong(
              Character.toString(c) + " has nothing to repeat; write \\" + (char) c + " for it");
      case '^', '$' ->
          throw wrong(
              Character.toString(c)
                  + " stands at the end only; write \\"
                  + (char) c
                  + " for the character");
      default -> at++;
    }
    return 1;
  }

  private long group() {
    int start = at++;
    if (skip('?') && !skip(':')) {
      throw wrong("only plain groups and (?:…) are known");
    }
    long inside = alternatives();
    if (!skip(')')) {
      at = start;
      throw wrong("no ) ends the group; write \\( for the character");
    }
    return inside;
  }

  private long counted(long length) {
    if (skip('?')) {
      return length;
    }
    if (skip('+') || skip('*')) {
      return length * UNBOUNDED;
    }
    if (!skip('{')) {
      return length;
    }
    int min = number();
    int max = min;
    if (skip(',')) {
      max = more() && pattern[at] == '}' ? Math.max(min, UNBOUNDED) : number();
    }
    if (!skip('}')) {
      throw wrong("write a count as {n}, {n,} or {n,m}, or \\{ for the character");
    }
    if (min > max) {
      throw wrong("the count has its larger number first: exchange them");
    }
    return Math.min(Integer.MAX_VALUE, length * max);
  }

  private int number() {
    int from = at;
    int value = 0;
    while (more() && pattern[at] >= '0' && pattern[at] <= '9') {
      value = value * 10 + pattern[at++] - '0';
      if (value > MAX_COUNT) {
        throw wrong("a count is at most " + MAX_COUNT);
      }
    }
    if (at == from) {
      throw wrong("write a count as {n}, {n,} or {n,m}, or \\{ for the character");
    }
    return value;
  }

  private void characterClass() {
    int start = at++;
    boolean negated = skip('^');
    boolean[] printable = new boolean['~' + 1];
    boolean first = true;
    while (first || !skip(']')) {
      first = false;
      if (!more()) {
        at = start;
        throw wrong("no ] ends the class; write \\[ for the character");
      }
      int low = classCharacter(printable);
      int high = low;
      if (low >= 0 && at + 1 < pattern.length && pattern[at] == '-' && pattern[at + 1] != ']') {
        at++;
        high = classCharacter(printable);
      }
      if (high < low || high - low > 0xFFFF) {
        throw wrong("a range goes from a lower to a higher character");
      }
      for (int c = Math.max(low, 0); c <= Math.min(high, '~'); c++) {
        printable[c] = true;
      }
    }
    boolean all = true;
    for (int c = ' '; c <= '~'; c++) {
      all &= printable[c];
    }
    if (negated && all) {
      at = start;
      throw wrong("the class leaves no character");
    }
  }

  /** A character of a class, or -1 for an escape that stands for several. */
  private int classCharacter(boolean[] printable) {
    int c = pattern[at];
    if (c != '\\') {
      at++;
      return c;
    }
    int escaped = escape();
    if (escaped != 'd' && escaped != 'w') {
      return escaped == 's'
          ? ' '
          : escaped == 't' ? '\t' : escaped == 'n' ? '\n' : escaped == 'r' ? '\r' : escaped;
    }
    for (int each = 0; each < printable.length; each++) {
      boolean digit = each >= '0' && each <= '9';
      boolean word = digit || each == '_' || (each < 128 && Character.isLetter(each));
      printable[each] |= escaped == 'd' ? digit : word;
    }
    return -1;
  }

  private int escape() {
    if (at + 1 >= pattern.length) {
      throw wrong("a \\ at the end; write \\\\ for the character");
    }
    int c = pattern[at + 1];
    boolean word = c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    if (word && KNOWN_ESCAPES.indexOf(c) < 0) {
      throw wrong("\\" + (char) c + " is not known; known are \\d, \\w, \\s, \\t, \\n and \\r");
    }
    at += 2;
    return c;
  }

  private boolean more() {
    return at < pattern.length;
  }

  private boolean skip(int c) {
    if (more() && pattern[at] == c) {
      at++;
      return true;
    }
    return false;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + " (at character " + (at + 1) + ")");
  }
}
