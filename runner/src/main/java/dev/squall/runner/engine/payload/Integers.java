package dev.squall.runner.engine.payload;

import java.util.Set;

/**
 * A uniform integer.
 *
 * @param min smallest value
 * @param max largest value, itself included
 */
public record Integers(long min, long max) implements Generator {
  /** Checks the order. */
  public Integers {
    if (min > max) {
      throw new IllegalArgumentException("min " + min + " is above max " + max);
    }
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    long span = max - min + 1;
    out.decimal(span == 0 ? draw.bits(place, 0) : min + draw.below(span, place, 0));
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(Kind.NUMBER);
  }

  @Override
  public boolean hasRange() {
    return true;
  }

  @Override
  public void outOfRange(Draw draw, long place, Bytes out) {
    FarNumber.write(draw, place, (double) min, (double) max, out);
  }
}
