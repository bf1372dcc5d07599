package dev.squall.runner.engine.json;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Paths that each lead to one place of a document, as one tree that a scan follows. Immutable. */
public final class JsonPaths {
  private final Node root;
  private final int size;

  private JsonPaths(Node root, int size) {
    this.root = root;
    this.size = size;
  }

  /** A step of a path. */
  public sealed interface Step {}

  /**
   * To a member of an object.
   *
   * @param name its key; one without U+FFFD, which stands for bytes that are not UTF-8
   */
  public record Key(String name) implements Step {}

  /**
   * To an element of an array.
   *
   * @param number from 0
   */
  public record Index(int number) implements Step {}

  Node root() {
    return root;
  }

  /** Number of distinct paths. */
  int size() {
    return size;
  }

  /** A place that a path leads to or through. */
  static final class Node {
    /** Number of the path that ends here, -1 if none does. */
    final int slot;

    /** Numbers of all paths that end here or further down. */
    final int[] below;

    private final byte[][] keys;
    private final Node[] members;
    private final int[] indices;
    private final Node[] elements;

    private Node(Draft draft) {
      slot = draft.slot;
      List<byte[]> names = new ArrayList<>();
      List<Node> named = new ArrayList<>();
      List<Integer> numbers = new ArrayList<>();
      List<Node> numbered = new ArrayList<>();
      draft.next.forEach(
          (step, after) -> {
            switch (step) {
              case Key(String name) -> {
                names.add(name.getBytes(StandardCharsets.UTF_8));
                named.add(new Node(after));
              }
              case Index(int number) -> {
                numbers.add(number);
                numbered.add(new Node(after));
              }
            }
          });
      keys = names.toArray(byte[][]::new);
      members = named.toArray(Node[]::new);
      indices = numbers.stream().mapToInt(Integer::intValue).toArray();
      elements = numbered.toArray(Node[]::new);
      IntStream own = slot < 0 ? IntStream.empty() : IntStream.of(slot);
      IntStream deeper = draft.next.isEmpty() ? IntStream.empty() : deeper(named, numbered);
      below = IntStream.concat(own, deeper).toArray();
    }

    private static IntStream deeper(List<Node> named, List<Node> numbered) {
      return IntStream.concat(
          named.stream().flatMapToInt(node -> IntStream.of(node.below)),
          numbered.stream().flatMapToInt(node -> IntStream.of(node.below)));
    }

    /** Where a member's key leads, null if nowhere. */
    @Nullable Node member(byte[] b, int from, int to, boolean escaped) {
      for (int i = 0; i < keys.length; i++) {
        if (JsonText.same(b, from, to, escaped, keys[i])) {
          return members[i];
        }
      }
      return null;
    }

    /** Where an element leads, null if nowhere. */
    @Nullable Node element(int number) {
      for (int i = 0; i < indices.length; i++) {
        if (indices[i] == number) {
          return elements[i];
        }
      }
      return null;
    }
  }

  private static final class Draft {
    private final Map<Step, Draft> next = new LinkedHashMap<>();
    private int slot = -1;
  }

  /** Gathers paths. */
  public static final class Builder {
    private final Draft root = new Draft();
    private int size;

    /** Adds a path; its number, by which a scan is asked for its value. */
    public int add(List<Step> path) {
      Draft at = root;
      for (Step step : path) {
        at = at.next.computeIfAbsent(step, _ -> new Draft());
      }
      if (at.slot < 0) {
        at.slot = size++;
      }
      return at.slot;
    }

    /** All paths added so far. */
    public JsonPaths build() {
      return new JsonPaths(new Node(root), size);
    }
  }
}
