package dev.squall.api.check;

/** A pattern's text while it is read: its characters, and where the next one is. */
final class PatternText {
  private static final String KNOWN_ESCAPES = "dwstnr";

  private final int[] characters;
  private int at;

  PatternText(String text) {
    this.characters = text.codePoints().toArray();
  }

  /** Where the next character is, from 0. */
  int at() {
    return at;
  }

  boolean more() {
    return at < characters.length;
  }

  /** Whether the next character is the last. */
  boolean last() {
    return at == characters.length - 1;
  }

  /** Whether a character is the next. */
  boolean isAt(int c) {
    return more() && characters[at] == c;
  }

  /** The next character, of which there must be one; it stays the next. */
  int peek() {
    return characters[at];
  }

  /** Takes the next character, of which there must be one. */
  int take() {
    return characters[at++];
  }

  /** Takes a character if it is the next; whether it was. */
  boolean skip(int c) {
    boolean is = isAt(c);
    if (is) {
      at++;
    }
    return is;
  }

  /** Takes a hyphen that stands between two characters of a class; whether there was one. */
  boolean skipRange() {
    return at + 1 < characters.length && characters[at + 1] != ']' && skip('-');
  }

  /** Takes a backslash and what follows it. */
  int escape() {
    if (at + 1 >= characters.length) {
      throw wrong("a \\ at the end; write \\\\ for the character");
    }
    int c = characters[at + 1];
    boolean word = c == '_' || (c < 128 && Character.isLetterOrDigit(c));
    if (word && KNOWN_ESCAPES.indexOf(c) < 0) {
      throw wrong("\\" + (char) c + " is not known; known are \\d, \\w, \\s, \\t, \\n and \\r");
    }
    at += 2;
    return c;
  }

  /** What is wrong at the next character. */
  IllegalArgumentException wrong(String what) {
    return wrong(what, at);
  }

  /** What is wrong at a character. */
  IllegalArgumentException wrong(String what, int where) {
    return new IllegalArgumentException(what + " (at character " + (where + 1) + ")");
  }
}
