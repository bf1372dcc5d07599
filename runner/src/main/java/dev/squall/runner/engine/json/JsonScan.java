package dev.squall.runner.engine.json;

import org.jspecify.annotations.Nullable;

/**
 * One pass over a document (RFC 8259) that notes where {@link JsonPaths} lead. Not thread-safe; one
 * for each event loop is used again for every document, and allocates nothing.
 *
 * <p>Strict as Jackson is by default, and tolerant as it is: of several members with one key the
 * last counts, bytes that are not UTF-8 may stand in strings, what follows the first value is not
 * looked at.
 */
public final class JsonScan {
  /** Levels of nesting that a scan follows. */
  static final int MAX_DEPTH = 256;

  private static final int MAX_KEY_LENGTH = 40_000;

  /** What a document turned out to be. */
  public enum Outcome {
    /** JSON. */
    JSON,
    /** Not JSON, or empty. */
    NOT_JSON,
    /** Past a limit of the scan (depth, length of a number or key); a parser has to say. */
    UNDECIDED
  }

  private final JsonTokens tokens = new JsonTokens();
  private final JsonMarks marks = new JsonMarks();
  private int depth;
  private Outcome outcome = Outcome.NOT_JSON;

  /** A scan that has seen nothing. */
  public JsonScan() {}

  /** Reads a document from 0 to a length. It must not change while values are asked for. */
  public Outcome read(JsonPaths paths, byte[] document, int length) {
    marks.clear(paths.size());
    tokens.over(document, length);
    depth = 0;
    outcome = Outcome.NOT_JSON;
    if (tokens.space()) {
      int first = tokens.peek();
      if (value(paths.root()) && endsWell(first)) {
        outcome = Outcome.JSON;
      }
    }
    return outcome;
  }

  /** What the document was. */
  public Outcome outcome() {
    return outcome;
  }

  /** What a path leads to. */
  public JsonKind kind(int path) {
    return marks.kind(path);
  }

  /** Where in the document the value begins that a path leads to. */
  public int start(int path) {
    return marks.start(path);
  }

  /** Where in the document the value ends that a path leads to. */
  public int end(int path) {
    return marks.end(path);
  }

  /** The document. */
  byte[] document() {
    return tokens.document();
  }

  /** The number that a path leads to. */
  Decimal decimal(int path) {
    return marks.decimal(path, document());
  }

  /** A number or a word that is the whole document must not run into something else. */
  private boolean endsWell(int first) {
    if (tokens.atEnd() || first == '{' || first == '[' || first == '"') {
      return true;
    }
    int next = tokens.peek();
    if (first == '-' || (first >= '0' && first <= '9')) {
      return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
    if (next < 0) {
      outcome = Outcome.UNDECIDED;
      return false;
    }
    return next < '0' || next == ']' || next == '}' || !Character.isJavaIdentifierPart(next);
  }

  private boolean undecided() {
    outcome = Outcome.UNDECIDED;
    return false;
  }

  /** Reads a value that begins here. */
  private boolean value(JsonPaths.@Nullable Node node) {
    int start = tokens.at();
    JsonKind kind =
        switch (tokens.peek()) {
          case '{' -> object(node) ? JsonKind.OBJECT : JsonKind.MISSING;
          case '[' -> array(node) ? JsonKind.ARRAY : JsonKind.MISSING;
          default -> tokens.scalar();
        };
    if (tokens.tooLong()) {
      return undecided();
    }
    if (node != null && node.slot >= 0) {
      marks.mark(node.slot, kind, start, tokens.at());
    }
    return kind != JsonKind.MISSING;
  }

  private boolean object(JsonPaths.@Nullable Node node) {
    if (++depth > MAX_DEPTH) {
      return undecided();
    }
    tokens.skip();
    boolean more = tokens.space() && tokens.peek() != '}';
    while (more) {
      if (!member(node) || !tokens.space()) {
        return false;
      }
      more = tokens.peek() == ',';
      if (more) {
        tokens.skip();
        if (!tokens.space()) {
          return false;
        }
      }
    }
    return close('}');
  }

  /** Reads a key and its value. */
  private boolean member(JsonPaths.@Nullable Node node) {
    if (tokens.peek() != '"') {
      return false;
    }
    int key = tokens.at() + 1;
    JsonKind kind = tokens.string();
    if (kind == JsonKind.MISSING) {
      return false;
    }
    int keyEnd = tokens.at() - 1;
    if (keyEnd + 1 - key > MAX_KEY_LENGTH) {
      return undecided();
    }
    JsonPaths.Node member =
        node == null ? null : node.member(document(), key, keyEnd, kind == JsonKind.ESCAPED);
    if (!tokens.space() || !tokens.take(':') || !tokens.space()) {
      return false;
    }
    if (member != null) {
      // An earlier member with the same key does not count any more.
      marks.forget(member.below);
    }
    return value(member);
  }

  private boolean array(JsonPaths.@Nullable Node node) {
    if (++depth > MAX_DEPTH) {
      return undecided();
    }
    tokens.skip();
    boolean more = tokens.space() && tokens.peek() != ']';
    for (int i = 0; more; i++) {
      if (!value(node == null ? null : node.element(i)) || !tokens.space()) {
        return false;
      }
      more = tokens.peek() == ',';
      if (more) {
        tokens.skip();
        if (!tokens.space()) {
          return false;
        }
      }
    }
    return close(']');
  }

  private boolean close(int bracket) {
    depth--;
    return tokens.take(bracket);
  }
}
