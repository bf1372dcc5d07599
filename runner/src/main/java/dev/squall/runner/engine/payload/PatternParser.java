package dev.squall.runner.engine.payload;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Parses the patterns of {@link Strings} by recursive descent. */
final class PatternParser {
  private static final int UNBOUNDED = 16;
  private static final int MAX_COUNT = 4096;
  private static final int MAX_DEPTH = 32;
  private static final long MAX_LENGTH = 65_536;
  private static final String DIGITS = "0123456789";
  private static final String WORD =
      "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz" + DIGITS + "_";

  private final int[] pattern;
  private int at;
  private int depth;

  private PatternParser(String pattern) {
    this.pattern = pattern.codePoints().toArray();
  }

  static PatternNode parse(String pattern) {
    PatternParser parser = new PatternParser(pattern);
    parser.skip('^');
    PatternNode node = parser.alternatives();
    if (parser.more()) {
      throw parser.error("')' without '('; write \\) for the character itself");
    }
    if (node.longest() > MAX_LENGTH) {
      throw new IllegalArgumentException(
          "pattern '%s': strings can be longer than %d characters; lower its counts"
              .formatted(pattern, MAX_LENGTH));
    }
    return node;
  }

  private PatternNode alternatives() {
    if (++depth > MAX_DEPTH) {
      throw error("groups are nested more than " + MAX_DEPTH + " deep");
    }
    List<PatternNode> either = new ArrayList<>();
    do {
      either.add(inTurn());
    } while (skip('|'));
    depth--;
    return either.size() == 1 ? either.getFirst() : new PatternNode.Either(List.copyOf(either));
  }

  private PatternNode inTurn() {
    List<PatternNode> parts = new ArrayList<>();
    while (more() && peek() != '|' && peek() != ')') {
      if (peek() == '$' && at == pattern.length - 1) {
        at++;
        break;
      }
      parts.add(counted(atom()));
    }
    return parts.size() == 1 ? parts.getFirst() : new PatternNode.InTurn(List.copyOf(parts));
  }

  private PatternNode atom() {
    int c = pattern[at++];
    return switch (c) {
      case '(' -> {
        if (skip('?') && !skip(':')) {
          throw error("only plain groups and (?:…) are known");
        }
        PatternNode inner = alternatives();
        if (!skip(')')) {
          throw error("'(' is not closed");
        }
        yield inner;
      }
      case '[' -> new PatternNode.OneOf(characterClass());
      case '.' -> new PatternNode.OneOf(printable(' '));
      case '\\' -> new PatternNode.OneOf(escape());
      case '{', '}', '?', '+', '*', '^', '$' -> {
        at--;
        throw error(
            "'%c' has nothing to apply to; write \\%c for the character itself".formatted(c, c));
      }
      default -> new PatternNode.OneOf(new int[] {c});
    };
  }

  private PatternNode counted(PatternNode part) {
    if (skip('?')) {
      return new PatternNode.Times(part, 0, 1);
    }
    if (skip('+')) {
      return new PatternNode.Times(part, 1, UNBOUNDED);
    }
    if (skip('*')) {
      return new PatternNode.Times(part, 0, UNBOUNDED);
    }
    if (!skip('{')) {
      return part;
    }
    int min = number();
    int max = skip(',') ? (more() && peek() == '}' ? Math.max(min, UNBOUNDED) : number()) : min;
    if (!skip('}')) {
      throw error("'}' is missing after a count");
    }
    if (min > max) {
      throw error("the count {" + min + "," + max + "} has its larger number first");
    }
    return new PatternNode.Times(part, min, max);
  }

  private int number() {
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

  private int[] characterClass() {
    boolean not = skip('^');
    TreeSet<Integer> set = new TreeSet<>();
    boolean first = true;
    while (first || !skip(']')) {
      first = false;
      if (!more()) {
        throw error("'[' is not closed");
      }
      int low = pattern[at++];
      if (low == '\\') {
        int[] some = escape();
        if (some.length > 1) {
          for (int c : some) {
            set.add(c);
          }
          continue;
        }
        low = some[0];
      }
      int high = low;
      if (at + 1 < pattern.length && peek() == '-' && pattern[at + 1] != ']') {
        at++;
        high = pattern[at++];
        high = high == '\\' ? escape()[0] : high;
      }
      if (high < low || high - low > 0xFFFF) {
        throw error("a range in [] runs from a lower to a higher character");
      }
      for (int c = low; c <= high; c++) {
        set.add(c);
      }
    }
    if (not) {
      TreeSet<Integer> others = new TreeSet<>();
      for (int c : printable(' ')) {
        if (!set.contains(c)) {
          others.add(c);
        }
      }
      set = others;
    }
    if (set.isEmpty()) {
      throw error("a class in [] has no character");
    }
    return set.stream().mapToInt(Integer::intValue).toArray();
  }

  private int[] escape() {
    if (!more()) {
      throw error("a backslash at the end; write \\\\ for the character itself");
    }
    int c = pattern[at++];
    return switch (c) {
      case 'd' -> DIGITS.codePoints().toArray();
      case 'w' -> WORD.codePoints().toArray();
      case 's' -> new int[] {' '};
      case 't' -> new int[] {'\t'};
      case 'n' -> new int[] {'\n'};
      case 'r' -> new int[] {'\r'};
      default -> {
        if (WORD.indexOf(c) >= 0) {
          at--;
          throw error("\\%c is not known; known are \\d, \\w, \\s, \\t, \\n, \\r".formatted(c));
        }
        yield new int[] {c};
      }
    };
  }

  private static int[] printable(int from) {
    return java.util.stream.IntStream.rangeClosed(from, '~').toArray();
  }

  private boolean more() {
    return at < pattern.length;
  }

  private int peek() {
    return pattern[at];
  }

  private boolean skip(int c) {
    if (more() && peek() == c) {
      at++;
      return true;
    }
    return false;
  }

  private IllegalArgumentException error(String what) {
    return new IllegalArgumentException(
        "pattern '%s', character %d: %s"
            .formatted(new String(pattern, 0, pattern.length), at + 1, what));
  }
}
