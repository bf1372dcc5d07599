package dev.squall.api.check;

import java.util.List;

/**
 * A pattern that strings are generated from: the small part of the regular expressions' language
 * that says which strings there are, without anchors and look-around. Parsed by {@link
 * StringPatternParser}.
 */
public sealed interface StringPattern {
  /** Largest count in a pattern; what {@code +} and {@code *} stop at. */
  int MAX_COUNT = 16;

  /**
   * One character out of some; each is as likely.
   *
   * @param characters the characters, in order, none twice, never empty
   */
  record OneOf(String characters) implements StringPattern {}

  /**
   * One after the other.
   *
   * @param parts the parts; empty for the empty string
   */
  record Sequence(List<StringPattern> parts) implements StringPattern {
    /** Copies the list. */
    public Sequence {
      parts = List.copyOf(parts);
    }
  }

  /**
   * One of some patterns; each is as likely.
   *
   * @param branches at least two
   */
  record Alternatives(List<StringPattern> branches) implements StringPattern {
    /** Copies the list. */
    public Alternatives {
      branches = List.copyOf(branches);
    }
  }

  /**
   * A pattern some times over; each count is as likely.
   *
   * @param part what is repeated
   * @param min least count
   * @param max largest count, at most {@link #MAX_COUNT}
   */
  record Repeat(StringPattern part, int min, int max) implements StringPattern {}

  /**
   * Parses a pattern.
   *
   * @throws IllegalArgumentException if it does not parse; the message says where and what to do
   */
  static StringPattern parse(String pattern) {
    return new StringPatternParser(pattern).parse();
  }
}
