package dev.squall.runner.engine.json;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;

/**
 * A number as it stands in a document: significand × 10^exponent, the significand without trailing
 * zeros and with at most 18 digits. Not thread-safe; used again for the next number.
 */
final class Decimal {
  private static final int MAX_DIGITS = 18;
  private static final int FARTHEST = 100_000;

  /** Powers of ten up to here are doubles exactly, and so are integers up to {@link #MAX_EXACT}. */
  private static final int EXACT_POWER = 22;

  private static final long MAX_EXACT = 1L << 53;
  private static final double[] POWERS = new double[300];

  static {
    for (int i = 0; i < POWERS.length; i++) {
      POWERS[i] = Double.parseDouble("1e" + i);
    }
  }

  private byte[] b = {};
  private int from;
  private int to;
  private boolean negative;
  private long significand;
  private int digits;
  private int exponent;
  private boolean whole;

  /** Reads a well-formed number of a document. */
  Decimal read(byte[] document, int start, int end) {
    b = document;
    from = start;
    to = end;
    negative = b[start] == '-';
    significand = 0;
    digits = 0;
    exponent = 0;
    whole = true;
    boolean fraction = false;
    for (int i = negative ? start + 1 : start; i < end; i++) {
      int c = b[i];
      if (c == '.') {
        fraction = true;
      } else if (c == 'e' || c == 'E') {
        exponent += power(i + 1);
        break;
      } else {
        digit(c - '0', fraction);
      }
    }
    while (significand != 0 && significand % 10 == 0) {
      significand /= 10;
      digits--;
      exponent++;
    }
    return this;
  }

  private void digit(int value, boolean fraction) {
    if (digits < MAX_DIGITS) {
      significand = significand * 10 + value;
      digits += significand == 0 ? 0 : 1;
      exponent -= fraction ? 1 : 0;
    } else {
      whole &= value == 0;
      exponent += fraction ? 0 : 1;
    }
  }

  private int power(int at) {
    boolean below = b[at] == '-';
    int value = 0;
    for (int i = b[at] == '-' || b[at] == '+' ? at + 1 : at; i < to; i++) {
      value = Math.min(FARTHEST, value * 10 + b[i] - '0');
    }
    return below ? -value : value;
  }

  boolean negative() {
    return negative;
  }

  long significand() {
    return significand;
  }

  int digits() {
    return digits;
  }

  int exponent() {
    return exponent;
  }

  /** Whether significand and exponent are the whole number, and not only its first digits. */
  boolean whole() {
    return whole;
  }

  /** Whether {@link #near} is the double that is nearest to the number. */
  boolean isNearest() {
    return whole
        && (exponent == 0
            || significand == 0
            || (significand <= MAX_EXACT && Math.abs(exponent) <= EXACT_POWER));
  }

  /** A double within 4 units in the last place of the number; NaN if it is too far from 1. */
  double near() {
    if (significand == 0) {
      return 0;
    }
    if (Math.abs(exponent) > POWERS.length - 20) {
      return Double.NaN;
    }
    double size = exponent < 0 ? significand / POWERS[-exponent] : significand * POWERS[exponent];
    return negative ? -size : size;
  }

  /** The double that is nearest to the number. Allocates. */
  double nearest() {
    return Double.parseDouble(text());
  }

  /** The number itself. Allocates. */
  BigDecimal exact() {
    return new BigDecimal(text());
  }

  private String text() {
    return new String(b, from, to - from, StandardCharsets.US_ASCII);
  }

  /** Whether it is written in exactly this way. */
  boolean isWritten(byte[] text) {
    return java.util.Arrays.equals(b, from, to, text, 0, text.length);
  }
}
