package dev.squall.runner.engine.payload;

import java.util.ArrayList;
import java.util.List;

/** Parses the patterns of {@link Strings} by recursive descent. */
final class PatternParser {
  private static final int UNBOUNDED = 16;
  private static final int MAX_DEPTH = 32;
  private static final long MAX_LENGTH = 65_536;

  private final PatternText text;
  private int depth;

  private PatternParser(PatternText text) {
    this.text = text;
  }

  static PatternNode parse(String pattern) {
    PatternText text = new PatternText(pattern);
    text.skip('^');
    PatternNode node = new PatternParser(text).alternatives();
    if (text.more()) {
      throw text.error("')' without '('; write \\) for the character itself");
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
      throw text.error("groups are nested more than " + MAX_DEPTH + " deep");
    }
    List<PatternNode> either = new ArrayList<>();
    do {
      either.add(inTurn());
    } while (text.skip('|'));
    depth--;
    return either.size() == 1 ? either.getFirst() : new PatternNode.Either(List.copyOf(either));
  }

  private PatternNode inTurn() {
    List<PatternNode> parts = new ArrayList<>();
    while (text.more() && text.peek() != '|' && text.peek() != ')') {
      if (text.peek() == '$' && text.left() == 1) {
        text.next();
        break;
      }
      parts.add(counted(atom()));
    }
    return parts.size() == 1 ? parts.getFirst() : new PatternNode.InTurn(List.copyOf(parts));
  }

  private PatternNode atom() {
    int c = text.next();
    return switch (c) {
      case '(' -> {
        if (text.skip('?') && !text.skip(':')) {
          throw text.error("only plain groups and (?:…) are known");
        }
        PatternNode inner = alternatives();
        if (!text.skip(')')) {
          throw text.error("'(' is not closed");
        }
        yield inner;
      }
      case '[' -> new PatternNode.OneOf(CharacterClass.inBrackets(text));
      case '.' -> new PatternNode.OneOf(CharacterClass.printable());
      case '\\' -> new PatternNode.OneOf(CharacterClass.escaped(text));
      case '{', '}', '?', '+', '*', '^', '$' -> {
        text.back();
        throw text.error(
            "'%c' has nothing to apply to; write \\%c for the character itself".formatted(c, c));
      }
      default -> new PatternNode.OneOf(new int[] {c});
    };
  }

  private PatternNode counted(PatternNode part) {
    if (text.skip('?')) {
      return new PatternNode.Times(part, 0, 1);
    }
    if (text.skip('+')) {
      return new PatternNode.Times(part, 1, UNBOUNDED);
    }
    if (text.skip('*')) {
      return new PatternNode.Times(part, 0, UNBOUNDED);
    }
    if (!text.skip('{')) {
      return part;
    }
    int min = text.number();
    int max =
        text.skip(',')
            ? (text.more() && text.peek() == '}' ? Math.max(min, UNBOUNDED) : text.number())
            : min;
    if (!text.skip('}')) {
      throw text.error("'}' is missing after a count");
    }
    if (min > max) {
      throw text.error("the count {" + min + "," + max + "} has its larger number first");
    }
    return new PatternNode.Times(part, min, max);
  }
}
