package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.Threshold;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.Verdict;
import java.math.BigDecimal;
import java.util.Locale;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What a result repeats of its threshold.
 *
 * @param threshold the threshold
 * @param what what is limited, such as {@code p95}
 * @param comparison how, such as {@code < 200ms}
 */
record ThresholdWords(Threshold threshold, String what, String comparison) {
  private static final double MICROS_PER_MILLI = 1000;

  ThresholdResult result(
      String observed, @Nullable String interval, boolean passed, @Nullable String message) {
    return made(observed, interval, passed ? Verdict.Passed : Verdict.Failed, message);
  }

  ThresholdResult open(String observed, @Nullable String interval, String message) {
    return made(observed, interval, Verdict.Inconclusive, message);
  }

  ThresholdResult noRequest() {
    return open("nothing", null, "no request was completed");
  }

  /** There is no time of this kind, which is empty for the response time. */
  ThresholdResult noSample(String kind) {
    return kind.isEmpty()
        ? noRequest()
        : open("nothing", null, "no streamed answer has brought the units that it takes");
  }

  private ThresholdResult made(
      String observed, @Nullable String interval, Verdict verdict, @Nullable String message) {
    String limit = what + comparison;
    String given = threshold.name();
    String task = threshold.task();
    String load = threshold.load();
    String scope =
        Stream.of(load == null ? null : "load " + load, task)
            .filter(Objects::nonNull)
            .collect(Collectors.joining(", "));
    String name = given != null ? given : scope.isEmpty() ? limit : scope + ": " + limit;
    return new ThresholdResult(name, task, load, limit, observed, interval, verdict, message);
  }

  /** Rounded to so many digits after the point. */
  static double round(double value, int decimals) {
    double scale = Math.pow(10, decimals);
    return Math.round(value * scale) / scale;
  }

  /** Digits as people write them: no trailing zeros, no exponent. */
  static String number(double value) {
    return BigDecimal.valueOf(value).stripTrailingZeros().toPlainString();
  }

  /** µs as text in ms, to the µs. */
  static String micros(long micros) {
    return String.format(Locale.ROOT, "%.3f ms", micros / MICROS_PER_MILLI)
        .replaceFirst("\\.?0+ ms$", " ms");
  }
}
