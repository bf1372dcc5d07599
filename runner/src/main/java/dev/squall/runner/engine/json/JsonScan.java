package dev.squall.runner.engine.json;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
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

  private static final int MAX_NUMBER_LENGTH = 500;
  private static final int MAX_KEY_LENGTH = 40_000;
  private static final byte[] TRUE = "true".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] FALSE = "false".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NULL = "null".getBytes(StandardCharsets.US_ASCII);

  /** What a document turned out to be. */
  public enum Outcome {
    /** JSON. */
    JSON,
    /** Not JSON, or empty. */
    NOT_JSON,
    /** Past a limit of the scan (depth, length of a number or key); a parser has to say. */
    UNDECIDED
  }

  /** What a path leads to. */
  public enum Kind {
    /** Nothing. */
    MISSING,
    /** Null. */
    NULL,
    /** True. */
    TRUE,
    /** False. */
    FALSE,
    /** A number without fraction and exponent. */
    INTEGER,
    /** Another number. */
    DECIMAL,
    /** A string without escapes. */
    STRING,
    /** A string with escapes. */
    ESCAPED,
    /** An object. */
    OBJECT,
    /** An array. */
    ARRAY
  }

  private byte[] b = {};
  private int at;
  private int end;
  private int depth;
  private Outcome outcome = Outcome.NOT_JSON;
  private Kind[] kinds = {};
  private int[] starts = {};
  private int[] ends = {};
  private final Decimal decimal = new Decimal();

  /** A scan that has seen nothing. */
  public JsonScan() {}

  /** Reads a document from 0 to a length. It must not change while values are asked for. */
  public Outcome read(JsonPaths paths, byte[] document, int length) {
    if (kinds.length < paths.size()) {
      kinds = new Kind[paths.size()];
      starts = new int[paths.size()];
      ends = new int[paths.size()];
    }
    Arrays.fill(kinds, Kind.MISSING);
    b = document;
    at = 0;
    end = length;
    depth = 0;
    outcome = Outcome.NOT_JSON;
    if (space()) {
      int first = b[at];
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
  public Kind kind(int path) {
    return kinds[path];
  }

  /** Where in the document the value begins that a path leads to. */
  public int start(int path) {
    return starts[path];
  }

  /** Where in the document the value ends that a path leads to. */
  public int end(int path) {
    return ends[path];
  }

  /** The document. */
  byte[] document() {
    return b;
  }

  /** The number that a path leads to. */
  Decimal decimal(int path) {
    return decimal.read(b, starts[path], ends[path]);
  }

  /** A number or a word that is the whole document must not run into something else. */
  private boolean endsWell(int first) {
    if (at == end || first == '{' || first == '[' || first == '"') {
      return true;
    }
    int next = b[at];
    if (first == '-' || (first >= '0' && first <= '9')) {
      return next == ' ' || next == '\n' || next == '\r' || next == '\t';
    }
    if (next < 0) {
      outcome = Outcome.UNDECIDED;
      return false;
    }
    return next < '0' || next == ']' || next == '}' || !Character.isJavaIdentifierPart(next);
  }

  /** Skips white space; whether anything follows. */
  private boolean space() {
    while (at < end) {
      int c = b[at];
      if (c != ' ' && c != '\n' && c != '\r' && c != '\t') {
        return true;
      }
      at++;
    }
    return false;
  }

  private boolean undecided() {
    outcome = Outcome.UNDECIDED;
    return false;
  }

  /** Reads a value that begins here. */
  private boolean value(JsonPaths.@Nullable Node node) {
    int start = at;
    Kind kind =
        switch (b[at]) {
          case '{' -> object(node) ? Kind.OBJECT : Kind.MISSING;
          case '[' -> array(node) ? Kind.ARRAY : Kind.MISSING;
          case '"' -> string();
          case 't' -> word(TRUE, Kind.TRUE);
          case 'f' -> word(FALSE, Kind.FALSE);
          case 'n' -> word(NULL, Kind.NULL);
          case '-', '0', '1', '2', '3', '4', '5', '6', '7', '8', '9' -> number();
          default -> Kind.MISSING;
        };
    if (node != null && node.slot >= 0) {
      kinds[node.slot] = kind;
      starts[node.slot] = start;
      ends[node.slot] = at;
    }
    return kind != Kind.MISSING;
  }

  private boolean object(JsonPaths.@Nullable Node node) {
    if (++depth > MAX_DEPTH) {
      return undecided();
    }
    at++;
    boolean more = space() && b[at] != '}';
    while (more) {
      if (b[at] != '"') {
        return false;
      }
      int key = at + 1;
      Kind kind = string();
      if (kind == Kind.MISSING) {
        return false;
      }
      if (at - key > MAX_KEY_LENGTH) {
        return undecided();
      }
      JsonPaths.Node member =
          node == null ? null : node.member(b, key, at - 1, kind == Kind.ESCAPED);
      if (!space() || b[at++] != ':' || !space()) {
        return false;
      }
      if (member != null) {
        // An earlier member with the same key does not count any more.
        for (int path : member.below) {
          kinds[path] = Kind.MISSING;
        }
      }
      if (!value(member) || !space()) {
        return false;
      }
      more = b[at] == ',';
      if (more) {
        at++;
        if (!space()) {
          return false;
        }
      }
    }
    return close('}');
  }

  private boolean array(JsonPaths.@Nullable Node node) {
    if (++depth > MAX_DEPTH) {
      return undecided();
    }
    at++;
    boolean more = space() && b[at] != ']';
    for (int i = 0; more; i++) {
      if (!value(node == null ? null : node.element(i)) || !space()) {
        return false;
      }
      more = b[at] == ',';
      if (more) {
        at++;
        if (!space()) {
          return false;
        }
      }
    }
    return close(']');
  }

  private boolean close(int bracket) {
    depth--;
    return at < end && b[at++] == bracket;
  }

  private Kind word(byte[] word, Kind kind) {
    int to = at + word.length;
    if (to > end || !Arrays.equals(b, at, to, word, 0, word.length)) {
      return Kind.MISSING;
    }
    at = to;
    return kind;
  }

  private Kind number() {
    int start = at;
    at += b[at] == '-' ? 1 : 0;
    if (at < end && b[at] == '0') {
      at++;
    } else if (!digits()) {
      return Kind.MISSING;
    }
    boolean whole = true;
    if (at < end && b[at] == '.') {
      at++;
      whole = false;
      if (!digits()) {
        return Kind.MISSING;
      }
    }
    if (at < end && (b[at] | 0x20) == 'e') {
      at++;
      whole = false;
      at += at < end && (b[at] == '+' || b[at] == '-') ? 1 : 0;
      if (!digits()) {
        return Kind.MISSING;
      }
    }
    if (at - start > MAX_NUMBER_LENGTH) {
      undecided();
      return Kind.MISSING;
    }
    return whole ? Kind.INTEGER : Kind.DECIMAL;
  }

  /** Skips digits; whether there was one. */
  private boolean digits() {
    int start = at;
    while (at < end && b[at] >= '0' && b[at] <= '9') {
      at++;
    }
    return at > start;
  }

  private Kind string() {
    boolean escaped = false;
    at++;
    while (at < end) {
      int c = b[at++];
      if (c == '"') {
        return escaped ? Kind.ESCAPED : Kind.STRING;
      }
      if (c == '\\') {
        escaped = true;
        if (!escape()) {
          return Kind.MISSING;
        }
      } else if (c >= 0 && c < ' ') {
        return Kind.MISSING;
      }
    }
    return Kind.MISSING;
  }

  private boolean escape() {
    if (at == end) {
      return false;
    }
    switch (b[at++]) {
      case '"', '\\', '/', 'b', 'f', 'n', 'r', 't' -> {
        return true;
      }
      case 'u' -> {
        int to = at + 4;
        while (at < to && at < end && JsonText.hex(b[at]) >= 0) {
          at++;
        }
        return at == to;
      }
      default -> {
        return false;
      }
    }
  }
}
