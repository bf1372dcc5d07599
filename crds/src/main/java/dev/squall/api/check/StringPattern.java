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

  private final PatternText text;
  private int depth;

  private StringPattern(PatternText text) {
    this.text = text;
  }

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it does not parse, or its strings can be too long; the
   *     message says where and what to do
   */
  public static void check(String pattern) {
    PatternText text = new PatternText(pattern);
    text.skip('^');
    long longest = new StringPattern(text).alternatives();
    if (text.more()) {
      throw text.wrong("a ) without its (; write \\) for the character");
    }
    if (longest > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "its strings can be longer than " + MAX_LENGTH + " characters; lower its counts");
    }
  }

  // Each method below returns the length of the longest string of what it read.

  private long alternatives() {
    if (++depth > MAX_DEPTH) {
      throw text.wrong("groups nest at most " + MAX_DEPTH + " deep");
    }
    long longest = 0;
    do {
      longest = Math.max(longest, inTurn());
    } while (text.skip('|'));
    depth--;
    return longest;
  }

  private long inTurn() {
    long length = 0;
    while (text.more() && !text.isAt('|') && !text.isAt(')')) {
      if (text.last() && text.skip('$')) {
        break;
      }
      length += counted(atom());
    }
    return length;
  }

  private long atom() {
    int c = text.peek();
    switch (c) {
      case '(' -> {
        return group();
      }
      case '[' -> PatternClass.take(text);
      case '\\' -> text.escape();
      case '{', '}', '?', '+', '*' ->
          throw text.wrong(
              Character.toString(c) + " has nothing to repeat; write \\" + (char) c + " for it");
      case '^', '$' ->
          throw text.wrong(
              Character.toString(c)
                  + " stands at the end only; write \\"
                  + (char) c
                  + " for the character");
      default -> text.take();
    }
    return 1;
  }

  private long group() {
    int start = text.at();
    text.take();
    if (text.skip('?') && !text.skip(':')) {
      throw text.wrong("only plain groups and (?:…) are known");
    }
    long inside = alternatives();
    if (!text.skip(')')) {
      throw text.wrong("no ) ends the group; write \\( for the character", start);
    }
    return inside;
  }

  private long counted(long length) {
    if (text.skip('?')) {
      return length;
    }
    if (text.skip('+') || text.skip('*')) {
      return length * UNBOUNDED;
    }
    if (!text.skip('{')) {
      return length;
    }
    int min = number();
    int max = min;
    if (text.skip(',')) {
      max = text.isAt('}') ? Math.max(min, UNBOUNDED) : number();
    }
    if (!text.skip('}')) {
      throw text.wrong("write a count as {n}, {n,} or {n,m}, or \\{ for the character");
    }
    if (min > max) {
      throw text.wrong("the count has its larger number first: exchange them");
    }
    return Math.min(Integer.MAX_VALUE, length * max);
  }

  private int number() {
    int from = text.at();
    int value = 0;
    while (text.more() && text.peek() >= '0' && text.peek() <= '9') {
      value = value * 10 + text.take() - '0';
      if (value > MAX_COUNT) {
        throw text.wrong("a count is at most " + MAX_COUNT);
      }
    }
    if (text.at() == from) {
      throw text.wrong("write a count as {n}, {n,} or {n,m}, or \\{ for the character");
    }
    return value;
  }
}
