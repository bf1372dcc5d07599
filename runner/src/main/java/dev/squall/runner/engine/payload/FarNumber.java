package dev.squall.runner.engine.payload;

/** A whole number far outside a range, on either side. */
final class FarNumber {
  private FarNumber() {}

  /** Writes one that is 9 to 10 widths of the range away, at least 900. */
  static void write(Draw draw, long place, double min, double max, Bytes out) {
    double width = Math.max(100, max - min);
    double away = width * (9 + draw.unit(place, Long.MAX_VALUE));
    double value =
        draw.bits(place, Long.MAX_VALUE - 1) < 0 ? Math.floor(min - away) : Math.ceil(max + away);
    if (Math.abs(value) < 0x1.0p62) {
      out.decimal((long) value);
    } else {
      // Beyond a long: a power of ten that every JSON parser reads as a number.
      out.text(value < 0 ? "-1e300" : "1e300");
    }
  }
}
