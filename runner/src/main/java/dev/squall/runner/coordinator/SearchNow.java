package dev.squall.runner.coordinator;

import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Where a search stands: what it tries now, and what its curve is of. What it has found stands in
 * the summary.
 *
 * @param of {@code users}, {@code rate} or {@code records a request}
 * @param percentile of the response times in the curve
 * @param limitMillis what a threshold allows that percentile, in ms; null where none does
 * @param trial number of the trial under way, from 1
 * @param level what it offers: users, the rate, or the batch size
 * @param confirms whether it is the longer run that confirms an answer
 * @param measuredSeconds how long it is measured by now; 0 while the level settles
 * @param mostSeconds how long at most
 * @param requestsPerSecond completed requests per second since it is measured
 * @param millis the percentile since it is measured, in ms; null without a request
 * @param over whether the search has ended
 */
public record SearchNow(
    String of,
    double percentile,
    @Nullable Double limitMillis,
    int trial,
    double level,
    boolean confirms,
    int measuredSeconds,
    double mostSeconds,
    double requestsPerSecond,
    @Nullable Double millis,
    boolean over) {
  /** A level's number as people write it, from thousandths: {@code 40}, or {@code 40.5}. */
  public static String level(long milli) {
    return milli % 1000 == 0
        ? Long.toString(milli / 1000)
        : String.format(Locale.ROOT, "%.1f", milli / 1000.0);
  }

  /** What follows a level's number, such as {@code /s} of a rate. */
  public static String unit(String of) {
    return of.equals("rate") ? "/s" : " " + of;
  }
}
