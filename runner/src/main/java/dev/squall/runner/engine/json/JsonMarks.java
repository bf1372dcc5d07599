package dev.squall.runner.engine.json;

import java.util.Arrays;

/**
 * Where in a document {@link JsonPaths} lead, by the number of each path. Allocates when it is used
 * for more paths than ever before.
 */
final class JsonMarks {
  private JsonKind[] kinds = {};
  private int[] starts = {};
  private int[] ends = {};
  private final Decimal decimal = new Decimal();

  /** So many paths lead nowhere yet. */
  void clear(int paths) {
    if (kinds.length < paths) {
      kinds = new JsonKind[paths];
      starts = new int[paths];
      ends = new int[paths];
    }
    Arrays.fill(kinds, JsonKind.MISSING);
  }

  /** A path leads to a value. */
  void mark(int path, JsonKind kind, int start, int end) {
    kinds[path] = kind;
    starts[path] = start;
    ends[path] = end;
  }

  /** Where these paths led does not count any more. */
  void forget(int[] paths) {
    for (int path : paths) {
      kinds[path] = JsonKind.MISSING;
    }
  }

  JsonKind kind(int path) {
    return kinds[path];
  }

  int start(int path) {
    return starts[path];
  }

  int end(int path) {
    return ends[path];
  }

  /** The number that a path leads to. */
  Decimal decimal(int path, byte[] document) {
    return decimal.read(document, starts[path], ends[path]);
  }
}
