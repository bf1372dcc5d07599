package dev.squall.runner.engine.payload;

import java.util.TreeSet;
import java.util.stream.IntStream;

/** The characters that a pattern's class, escape or dot leaves to draw from. */
final class CharacterClass {
  private static final String DIGITS = "0123456789";
  private static final String WORD =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + DIGITS + "_";

  private CharacterClass() {}

  /** The characters of a class whose opening bracket is read. */
  static int[] inBrackets(PatternText text) {
    boolean not = text.skip('^');
    TreeSet<Integer> set = new TreeSet<>();
    boolean first = true;
    while (first || !text.skip(']')) {
      first = false;
      if (!text.more()) {
        throw text.error("'[' is not closed");
      }
      int low = text.next();
      if (low == '\\') {
        int[] some = escaped(text);
        if (some.length > 1) {
          for (int c : some) {
            set.add(c);
          }
          continue;
        }
        low = some[0];
      }
      int high = low;
      if (text.left() > 1 && text.peek() == '-' && text.peekNext() != ']') {
        text.next();
        high = text.next();
        high = high == '\\' ? escaped(text)[0] : high;
      }
      if (high < low || high - low > 0xFFFF) {
        throw text.error("a range in [] runs from a lower to a higher character");
      }
      for (int c = low; c <= high; c++) {
        set.add(c);
      }
    }
    if (not) {
      TreeSet<Integer> others = new TreeSet<>();
      for (int c : printable()) {
        if (!set.contains(c)) {
          others.add(c);
        }
      }
      set = others;
    }
    if (set.isEmpty()) {
      throw text.error("a class in [] has no character");
    }
    return set.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The characters that an escape stands for whose backslash is read. */
  static int[] escaped(PatternText text) {
    if (!text.more()) {
      throw text.error("a backslash at the end; write \\\\ for the character itself");
    }
    int c = text.next();
    return switch (c) {
      case 'd' -> DIGITS.codePoints().toArray();
      case 'w' -> WORD.codePoints().toArray();
      case 's' -> new int[] {' '};
      case 't' -> new int[] {'\t'};
      case 'n' -> new int[] {'\n'};
      case 'r' -> new int[] {'\r'};
      default -> {
        if (WORD.indexOf(c) >= 0) {
          text.back();
          throw text.error(
              "\\%c is not known; known are \\d, \\w, \\s, \\t, \\n, \\r".formatted(c));
        }
        yield new int[] {c};
      }
    };
  }

  /** What a dot stands for: printable ASCII. */
  static int[] printable() {
    return IntStream.rangeClosed(' ', '~').toArray();
  }
}
