package dev.squall.runner.engine.payload;

import java.util.Set;

/**
 * true or false.
 *
 * @param probability probability of true, 0 to 1
 */
public record Booleans(double probability) implements Generator {
  /** Checks the range. */
  public Booleans {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability is " + probability + ", must be 0 to 1");
    }
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    out.text(draw.unit(place, 0) < probability ? "true" : "false");
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.BOOLEAN);
  }
}
