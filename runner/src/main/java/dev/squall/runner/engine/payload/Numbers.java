package dev.squall.runner.engine.payload;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Set;

/** A number with a distribution, written with a fixed number of decimals. */
public final class Numbers implements Generator {
  /** Draws of a normal or exponential number until it is clamped instead. */
  private static final int ATTEMPTS = 64;

  private static final double LARGEST_SCALED = 0x1.0p62;

  private enum Shape {
    UNIFORM,
    NORMAL,
    EXPONENTIAL
  }

  private final Shape shape;
  private final double mean;
  private final double deviation;
  private final double min;
  private final double max;
  private final int decimals;
  private final double scale;
  private final long lowest;
  private final long highest;

  private Numbers(
      Shape shape, double mean, double deviation, double min, double max, int decimals) {
    if (!(min <= max)) {
      throw new IllegalArgumentException("min " + min + " is above max " + max);
    }
    if (decimals < 0 || decimals > 15) {
      throw new IllegalArgumentException("decimals is " + decimals + ", must be 0 to 15");
    }
    this.shape = shape;
    this.mean = mean;
    this.deviation = deviation;
    this.min = min;
    this.max = max;
    this.decimals = decimals;
    this.scale = Math.pow(10, decimals);
    this.lowest = bound(min, decimals, RoundingMode.CEILING);
    this.highest = bound(max, decimals, RoundingMode.FLOOR);
    if (lowest > highest) {
      throw new IllegalArgumentException(
          "no number with " + decimals + " decimals lies between " + min + " and " + max);
    }
  }

  /** Uniform from min to max. */
  public static Numbers uniform(double min, double max, int decimals) {
    if (!Double.isFinite(max - min)) {
      throw new IllegalArgumentException("a uniform number needs a finite min and max");
    }
    return new Numbers(Shape.UNIFORM, 0, 0, min, max, decimals);
  }

  /**
   * Normal; drawn again until inside min and max, clamped after {@value ATTEMPTS} times.
   *
   * @param min may be negative infinity
   * @param max may be infinity
   */
  public static Numbers normal(
      double mean, double standardDeviation, double min, double max, int decimals) {
    if (!(standardDeviation >= 0) || !Double.isFinite(standardDeviation + mean)) {
      throw new IllegalArgumentException(
          "a normal number needs a finite mean and a standardDeviation of at least 0");
    }
    return new Numbers(Shape.NORMAL, mean, standardDeviation, min, max, decimals);
  }

  /** Exponential; drawn again and clamped as {@link #normal}. */
  public static Numbers exponential(double mean, double min, double max, int decimals) {
    if (!(mean > 0) || !Double.isFinite(mean)) {
      throw new IllegalArgumentException("an exponential number needs a mean above 0");
    }
    return new Numbers(Shape.EXPONENTIAL, mean, 0, min, max, decimals);
  }

  private static long bound(double value, int decimals, RoundingMode rounding) {
    double scaled = value * Math.pow(10, decimals);
    if (Math.abs(scaled) >= LARGEST_SCALED) {
      return scaled < 0 ? (long) -LARGEST_SCALED : (long) LARGEST_SCALED;
    }
    // The decimal text of the double, so that 6.2 is 62 tenths and not a little more.
    return new BigDecimal(Double.toString(value))
        .setScale(decimals, rounding)
        .unscaledValue()
        .longValueExact();
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    double scaled = Math.rint(value(draw, place) * scale);
    long unscaled =
        Math.abs(scaled) >= LARGEST_SCALED ? (scaled < 0 ? lowest : highest) : (long) scaled;
    out.decimal(Math.clamp(unscaled, lowest, highest), decimals);
  }

  private double value(Draw draw, long place) {
    if (shape == Shape.UNIFORM) {
      return min + draw.unit(place, 0) * (max - min);
    }
    double value = 0;
    for (int i = 0; i < ATTEMPTS; i++) {
      value =
          shape == Shape.NORMAL
              ? mean + deviation * draw.normal(place, i)
              : mean * draw.exponential(place, i);
      if (value >= min && value <= max) {
        return value;
      }
    }
    return Math.clamp(value, min, max);
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
    double low = Double.isInfinite(min) ? mean - 10 * Math.max(deviation, mean) : min;
    double high = Double.isInfinite(max) ? mean + 10 * Math.max(deviation, mean) : max;
    FarNumber.write(draw, place, Math.min(low, high), Math.max(low, high), out);
  }
}
