package dev.squall.runner.engine.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/** A value that the value at a path may be compared with. Immutable; comparing rarely allocates. */
public sealed interface JsonScalar {
  /** Whether a path leads to this value. */
  boolean isAt(JsonScan scan, int path);

  /**
   * Null, true or false.
   *
   * @param kind which
   */
  record Word(JsonKind kind) implements JsonScalar {
    @Override
    public boolean isAt(JsonScan scan, int path) {
      return scan.kind(path) == kind;
    }
  }

  /** A text. */
  final class Text implements JsonScalar {
    private final byte[] utf8;

    /** A text without U+FFFD, which would stand for bytes that are not UTF-8. */
    public Text(String text) {
      utf8 = text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public boolean isAt(JsonScan scan, int path) {
      JsonKind kind = scan.kind(path);
      return (kind == JsonKind.STRING || kind == JsonKind.ESCAPED)
          && JsonText.same(
              scan.document(),
              scan.start(path) + 1,
              scan.end(path) - 1,
              kind == JsonKind.ESCAPED,
              utf8);
    }
  }

  /**
   * A number: 3, 3.0 and 0.3e1 are one. A number with a fraction or an exponent stands for the
   * double that is nearest to it, as everywhere.
   */
  final class Numeric implements JsonScalar {
    /** Decimals of up to so many digits are each another double. */
    private static final int DISTINCT_DIGITS = 15;

    private static final int DISTINCT_POWER = 270;

    private final BigDecimal value;
    private final double nearest;
    private final boolean wide;
    private final boolean negative;
    private final long significand;
    private final int exponent;
    private final byte[] written;

    /** A number. */
    public Numeric(BigDecimal value) {
      BigDecimal stripped = value.stripTrailingZeros();
      this.value = value;
      this.nearest = value.doubleValue();
      this.wide = stripped.precision() > 18;
      this.negative = value.signum() < 0;
      this.significand = wide ? 0 : stripped.unscaledValue().abs().longValueExact();
      this.exponent = -stripped.scale();
      this.written = Double.toString(nearest).getBytes(StandardCharsets.US_ASCII);
    }

    @Override
    public boolean isAt(JsonScan scan, int path) {
      JsonKind kind = scan.kind(path);
      if (kind != JsonKind.INTEGER && kind != JsonKind.DECIMAL) {
        return false;
      }
      boolean integer = kind == JsonKind.INTEGER;
      Decimal found = scan.decimal(path);
      if (found.significand() == 0) {
        return value.signum() == 0;
      }
      boolean itself =
          integer
              || (found.digits() <= DISTINCT_DIGITS
                  && Math.abs(found.exponent()) <= DISTINCT_POWER);
      if (found.whole() && itself) {
        return !wide
            && found.negative() == negative
            && found.significand() == significand
            && found.exponent() == exponent;
      }
      double difference = Math.abs(found.near() - nearest);
      if (difference > 16 * Math.ulp(nearest)) {
        return false;
      }
      return integer ? found.exact().compareTo(value) == 0 : isNearest(found);
    }

    private boolean isNearest(Decimal found) {
      if (found.isWritten(written) && value.compareTo(BigDecimal.valueOf(nearest)) == 0) {
        return true;
      }
      double is = found.nearest();
      return Double.isFinite(is) && BigDecimal.valueOf(is).compareTo(value) == 0;
    }
  }
}
