package dev.squall.api.check;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** Recursive descent over a {@link StringPattern}'s text. Not reusable. */
final class StringPatternParser {
  private static final String DIGITS = "0123456789";
  private static final String WORD =
      DIGITS + "ABCDEFGHIJKLMNOPQRSTUVWXYZ_abcdefghijklmnopqrstuvwxyz";
  private static final String PRINTABLE =
      IntStream.rangeClosed(' ', '~').mapToObj(Character::toString).collect(Collectors.joining());
  private static final Pattern COUNT = Pattern.compile("\\{([0-9]{1,4})(,([0-9]{1,4}))?\\}");
  private static final int MAX_DEPTH = 16;

  private final String text;
  private int at;
  private int depth;

  StringPatternParser(String text) {
    this.text = text;
  }

  StringPattern parse() {
    StringPattern whole = alternatives();
    if (at < text.length()) {
      throw wrong("a ) without its (; write \\) for the character");
    }
    return whole;
  }

  private StringPattern alternatives() {
    List<StringPattern> branches = new ArrayList<>();
    branches.add(sequence());
    while (at < text.length() && text.charAt(at) == '|') {
      at++;
      branches.add(sequence());
    }
    return branches.size() == 1 ? branches.getFirst() : new StringPattern.Alternatives(branches);
  }

  private StringPattern sequence() {
    List<StringPattern> parts = new ArrayList<>();
    while (at < text.length() && text.charAt(at) != '|' && text.charAt(at) != ')') {
      parts.add(counted(one()));
    }
    return parts.size() == 1 ? parts.getFirst() : new StringPattern.Sequence(parts);
  }

  private StringPattern one() {
    char c = text.charAt(at);
    switch (c) {
      case '[' -> {
        return characterClass();
      }
      case '(' -> {
        return group();
      }
      case '.' -> {
        at++;
        return new StringPattern.OneOf(PRINTABLE);
      }
      case '\\' -> {
        return new StringPattern.OneOf(escaped());
      }
      case '^', '$' ->
          throw wrong(
              "a whole string is generated, without anchors: remove "
                  + c
                  + ", or write \\"
                  + c
                  + " for the character");
      case '*', '+', '?', '{' ->
          throw wrong(c + " has nothing to repeat; write \\" + c + " for it");
      default -> {
        int codePoint = text.codePointAt(at);
        at += Character.charCount(codePoint);
        return new StringPattern.OneOf(Character.toString(codePoint));
      }
    }
  }

  private StringPattern group() {
    if (text.startsWith("(?", at)) {
      throw wrong("groups are plain ( and ): remove what follows the ?");
    }
    if (++depth > MAX_DEPTH) {
      throw wrong("groups nest at most " + MAX_DEPTH + " deep");
    }
    int start = at++;
    StringPattern inside = alternatives();
    if (at >= text.length()) {
      at = start;
      throw wrong("no ) ends the group; write \\( for the character");
    }
    at++;
    depth--;
    return inside;
  }

  private StringPattern counted(StringPattern part) {
    if (at >= text.length()) {
      return part;
    }
    int min;
    int max;
    switch (text.charAt(at)) {
      case '?' -> {
        min = 0;
        max = 1;
        at++;
      }
      case '*' -> {
        min = 0;
        max = StringPattern.MAX_COUNT;
        at++;
      }
      case '+' -> {
        min = 1;
        max = StringPattern.MAX_COUNT;
        at++;
      }
      case '{' -> {
        Matcher count = COUNT.matcher(text).region(at, text.length());
        if (!count.lookingAt()) {
          throw wrong("write a count as {n} or {n,m}, or \\{ for the character");
        }
        min = Integer.parseInt(count.group(1));
        max = count.group(3) == null ? min : Integer.parseInt(count.group(3));
        if (max > StringPattern.MAX_COUNT) {
          throw wrong("a count is at most " + StringPattern.MAX_COUNT);
        }
        if (min > max) {
          throw wrong("the counts are in the wrong order: exchange them");
        }
        at = count.end();
      }
      default -> {
        return part;
      }
    }
    if (at < text.length() && "?*+{".indexOf(text.charAt(at)) >= 0) {
      throw wrong("two counts in a row; put the first into a group");
    }
    return new StringPattern.Repeat(part, min, max);
  }

  private StringPattern characterClass() {
    int start = at++;
    boolean negated = text.startsWith("^", at);
    if (negated) {
      at++;
    }
    TreeSet<Integer> characters = new TreeSet<>();
    while (at < text.length() && text.charAt(at) != ']') {
      String first = classCharacter();
      if (first.length() == 1 && rangeFollows()) {
        at++;
        String last = classCharacter();
        if (last.length() != 1 || last.charAt(0) < first.charAt(0)) {
          throw wrong("a range goes from a lower character to a higher one");
        }
        IntStream.rangeClosed(first.charAt(0), last.charAt(0)).forEach(characters::add);
      } else {
        first.codePoints().forEach(characters::add);
      }
    }
    if (at >= text.length()) {
      at = start;
      throw wrong("no ] ends the class; write \\[ for the character");
    }
    at++;
    String inside = characters.stream().map(Character::toString).collect(Collectors.joining());
    String chosen =
        negated
            ? PRINTABLE
                .chars()
                .filter(c -> !characters.contains(c))
                .mapToObj(Character::toString)
                .collect(Collectors.joining())
            : inside;
    if (chosen.isEmpty()) {
      at = start;
      throw wrong("the class leaves no character");
    }
    return new StringPattern.OneOf(chosen);
  }

  private boolean rangeFollows() {
    return at + 1 < text.length() && text.charAt(at) == '-' && text.charAt(at + 1) != ']';
  }

  private String classCharacter() {
    if (text.charAt(at) == '\\') {
      return escaped();
    }
    int codePoint = text.codePointAt(at);
    at += Character.charCount(codePoint);
    return Character.toString(codePoint);
  }

  private String escaped() {
    if (at + 1 >= text.length()) {
      throw wrong("a \\ at the end; write \\\\ for the character");
    }
    char c = text.charAt(at + 1);
    String characters =
        switch (c) {
          case 'd' -> DIGITS;
          case 'w' -> WORD;
          default -> {
            if (Character.isLetterOrDigit(c)) {
              throw wrong("\\" + c + " is not known; there are \\d, \\w and escaped signs");
            }
            yield String.valueOf(c);
          }
        };
    at += 2;
    return characters;
  }

  private IllegalArgumentException wrong(String what) {
    return new IllegalArgumentException(what + " (at character " + (at + 1) + ")");
  }
}
