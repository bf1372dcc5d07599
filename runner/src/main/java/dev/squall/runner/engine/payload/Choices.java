package dev.squall.runner.engine.payload;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** One of several values, by weight. If all are numbers, they span a range. */
public final class Choices implements Generator {
  private final Literal[] values;
  private final Weights weights;
  private final Set<Kind> kinds = EnumSet.noneOf(Kind.class);
  private final double min;
  private final double max;

  /**
   * One of the options.
   *
   * @param options at least one; the weights are at least 0 and not all 0
   */
  public Choices(List<Option> options) {
    weights = new Weights(options.stream().mapToDouble(Option::weight).toArray());
    values = options.stream().map(Option::value).toArray(Literal[]::new);
    double low = Double.POSITIVE_INFINITY;
    double high = Double.NEGATIVE_INFINITY;
    for (Literal value : values) {
      kinds.add(value.kind());
      if (value.kind() == Kind.NUMBER) {
        low = Math.min(low, value.number());
        high = Math.max(high, value.number());
      }
    }
    min = low;
    max = high;
  }

  /**
   * A value and how often it is chosen.
   *
   * @param value the value
   * @param weight relative to the other options'
   */
  public record Option(Literal value, double weight) {}

  @Override
  public void text(Draw draw, long place, Bytes out) {
    values[weights.pick(draw.unit(place, 0))].text(draw, place, out);
  }

  @Override
  public void json(Draw draw, long place, Bytes out) {
    values[weights.pick(draw.unit(place, 0))].json(draw, place, out);
  }

  @Override
  public Set<Kind> kinds() {
    return Set.copyOf(kinds);
  }

  @Override
  public boolean hasRange() {
    return kinds.size() == 1 && kinds.contains(Kind.NUMBER);
  }

  @Override
  public void outOfRange(Draw draw, long place, Bytes out) {
    FarNumber.write(draw, place, min, max, out);
  }
}
