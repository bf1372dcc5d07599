package dev.squall.runner.engine.payload;

import java.util.Set;
import java.util.function.Consumer;

/**
 * Writes one value: a pure function of the draw's key and the place. Immutable, so any thread may
 * call it with its own draw and output.
 */
public interface Generator {
  /**
   * Writes the value as text: a string without quotes and escapes, anything else as its JSON.
   *
   * @param draw pointed at the request
   * @param place the field that the value is for; the same place gives the same value
   * @param out where to
   */
  void text(Draw draw, long place, Bytes out);

  /** Writes the value as JSON, with the arguments of {@link #text}. */
  default void json(Draw draw, long place, Bytes out) {
    text(draw, place, out);
  }

  /** The JSON types that the value can have. */
  Set<Kind> kinds();

  /** Whether {@link #outOfRange} can write a value. */
  default boolean hasRange() {
    return false;
  }

  /**
   * Writes a number far outside the generator's range, as JSON.
   *
   * @throws UnsupportedOperationException unless {@link #hasRange}
   */
  default void outOfRange(Draw draw, long place, Bytes out) {
    throw new UnsupportedOperationException("this generator has no range");
  }

  /** Names each dataset that the value is drawn from, nested ones included. */
  default void datasets(Consumer<Dataset> found) {}
}
