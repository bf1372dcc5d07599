package dev.squall.runner.engine.payload;

import java.util.Set;

/**
 * The draw's time.
 *
 * @param format how it is written
 */
public record Timestamps(Format format) implements Generator {
  private static final long MILLIS_PER_DAY = 86_400_000L;

  /** How a timestamp is written. */
  public enum Format {
    /** A string such as {@code 2026-11-24T14:51:16.123Z}. */
    RFC3339,
    /** Whole seconds since 1970. */
    UNIX_SECONDS,
    /** Milliseconds since 1970. */
    UNIX_MILLIS
  }

  @Override
  public void text(Draw draw, long place, Bytes out) {
    long millis = draw.epochMillis();
    switch (format) {
      case RFC3339 -> rfc3339(millis, out);
      case UNIX_SECONDS -> out.decimal(Math.floorDiv(millis, 1000));
      case UNIX_MILLIS -> out.decimal(millis);
    }
  }

  @Override
  public void json(Draw draw, long place, Bytes out) {
    if (format != Format.RFC3339) {
      text(draw, place, out);
      return;
    }
    out.write('"');
    text(draw, place, out);
    out.write('"');
  }

  /** Howard Hinnant's civil_from_days, so that no date object is made for each request. */
  private static void rfc3339(long millis, Bytes out) {
    long days = Math.floorDiv(millis, MILLIS_PER_DAY) + 719_468;
    long era = Math.floorDiv(days, 146_097);
    long dayOfEra = days - era * 146_097;
    long yearOfEra = (dayOfEra - dayOfEra / 1_460 + dayOfEra / 36_524 - dayOfEra / 146_096) / 365;
    long dayOfYear = dayOfEra - (365 * yearOfEra + yearOfEra / 4 - yearOfEra / 100);
    long month = (5 * dayOfYear + 2) / 153;
    long day = dayOfYear - (153 * month + 2) / 5 + 1;
    month += month < 10 ? 3 : -9;
    long year = yearOfEra + era * 400 + (month <= 2 ? 1 : 0);
    int ofDay = (int) Math.floorMod(millis, MILLIS_PER_DAY);
    out.padded(year, 4);
    out.write('-');
    out.padded(month, 2);
    out.write('-');
    out.padded(day, 2);
    out.write('T');
    out.padded(ofDay / 3_600_000, 2);
    out.write(':');
    out.padded(ofDay / 60_000 % 60, 2);
    out.write(':');
    out.padded(ofDay / 1000 % 60, 2);
    out.write('.');
    out.padded(ofDay % 1000, 3);
    out.write('Z');
  }

  @Override
  public Set<Kind> kinds() {
    return Set.of(format == Format.RFC3339 ? Kind.STRING : Kind.NUMBER);
  }
}
