package dev.squall.runner.engine.payload;

/**
 * A string that matches a simple pattern: literal characters, classes such as {@code [a-z0-9]} or
 * {@code [^"]}, {@code \d}, {@code \w}, {@code \s} (a space), a dot (any printable ASCII), groups
 * with {@code |}, and counts {@code {n}}, {@code {n,m}}, {@code ?}, {@code +} and {@code *} (at
 * most 16). A leading {@code ^} and a trailing {@code $} mean nothing. Each count and each
 * alternative is equally likely.
 */
public final class Strings implements Text {
  private final PatternNode root;

  /**
   * Strings of a pattern.
   *
   * @throws IllegalArgumentException if the pattern does not parse, or its strings can be longer
   *     than 65,536 characters; the message names the position
   */
  public Strings(String pattern) {
    root = PatternParser.parse(pattern);
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    long _ = root.write(draw, place, 0, out);
  }
}
