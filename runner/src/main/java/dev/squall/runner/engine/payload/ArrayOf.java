package dev.squall.runner.engine.payload;

import java.util.Set;
import java.util.function.Consumer;

/**
 * A JSON array of one generator's values.
 *
 * @param element generator of each element, drawn at a place of its own
 * @param min least number of elements, at least 0
 * @param max largest number of elements; the number is uniform between them
 */
public record ArrayOf(Generator element, int min, int max) implements Generator {
  /** Checks the order. */
  public ArrayOf {
    if (min < 0 || min > max) {
      throw new IllegalArgumentException(
          "an array of " + min + " to " + max + " elements: min must be 0 or more, at most max");
    }
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    long count = min + draw.below(max - min + 1L, place, 0);
    out.write('[');
    for (long i = 0; i < count; i++) {
      if (i > 0) {
        out.write(',');
      }
      element.json(draw, Draw.inside(place, i + 1), out);
    }
    out.write(']');
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.ARRAY);
  }

  @Override
  public void datasets(Consumer<Dataset> found) {
    element.datasets(found);
  }
}
