package dev.squall.operator.lifecycle;

import java.time.Duration;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Durations of the API, such as {@code 1m30s} or {@code 1.5h}, whose form the schema has checked. */
final class SpecDuration {
  private static final Pattern PART = Pattern.compile("([0-9]+(?:\\.[0-9]+)?)(ms|s|m|h)");

  private SpecDuration() {}

  static Duration parse(String text) {
    Matcher part = PART.matcher(text);
    double millis = 0;
    while (part.find()) {
      millis +=
          Double.parseDouble(part.group(1))
              * switch (part.group(2)) {
                case "ms" -> 1;
                case "s" -> 1_000;
                case "m" -> 60_000;
                default -> 3_600_000;
              };
    }
    return Duration.ofMillis(Math.round(millis));
  }
}
