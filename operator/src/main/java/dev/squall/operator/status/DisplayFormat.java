package dev.squall.operator.status;

import dev.squall.api.v1alpha1.Display;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.ResponseTimes;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/** Figures as people read them in the columns of {@code kubectl get}. */
final class DisplayFormat {
  private DisplayFormat() {}

  static Display of(
      int users,
      long requests,
      long failures,
      long milliRequestsPerSecond,
      @Nullable LoadModel model,
      @Nullable ResponseTimes responseTime) {
    return new Display(
        Integer.toString(users),
        rate(milliRequestsPerSecond),
        responseTime == null ? "" : time(responseTime.p95Micros()),
        model == null ? null : model.word(),
        failures(failures, requests));
  }

  /** {@code 6.7}, {@code 123}. */
  static String rate(long milliPerSecond) {
    return milliPerSecond < 99_950
        ? String.format(Locale.ROOT, "%.1f", milliPerSecond / 1e3)
        : Long.toString(Math.round(milliPerSecond / 1e3));
  }

  /** {@code 850 µs}, {@code 9.4 ms}, {@code 12 ms}, {@code 1.24 s}, {@code 75 s}. */
  static String time(long micros) {
    if (micros < 1_000) {
      return micros + " µs";
    }
    if (micros < 9_950) {
      return String.format(Locale.ROOT, "%.1f ms", micros / 1e3);
    }
    if (micros < 999_500) {
      return Math.round(micros / 1e3) + " ms";
    }
    return micros < 9_995_000
        ? String.format(Locale.ROOT, "%.2f s", micros / 1e6)
        : Math.round(micros / 1e6) + " s";
  }

  /**
   * {@code 0 (0 %)}, {@code 3 (0.8 %)}, {@code 120 (37 %)}; a share is never rounded to 0 or 100.
   */
  static String failures(long failures, long requests) {
    if (failures == 0 || requests == 0) {
      return failures + " (0 %)";
    }
    double percent = 100.0 * failures / requests;
    String share;
    if (failures == requests) {
      share = "100";
    } else if (percent < 0.1) {
      share = "<0.1";
    } else if (percent > 99) {
      share = ">99";
    } else {
      share = String.format(Locale.ROOT, percent < 9.95 ? "%.1f" : "%.0f", percent);
    }
    return "%d (%s %%)".formatted(failures, share);
  }
}
