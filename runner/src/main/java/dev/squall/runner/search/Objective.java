package dev.squall.runner.search;

/**
 * What a level of load must meet: at most so many in a hundred requests may be bad. A percentile's
 * limit is of that form too: "the 95th percentile below 200 ms" says that at most 5 % take longer.
 */
public sealed interface Objective {

  /** The largest share of bad ones that is still met. */
  double allowed();

  /** For people: {@code p95 of the response time below 200 ms}. */
  String text();

  /** A percentile of the response time is below a limit. */
  record ResponseTime(double percentile, long belowMicros) implements Objective {
    public ResponseTime {
      checkLimit(percentile, belowMicros);
    }

    @Override
    public double allowed() {
      return beyond(percentile);
    }

    @Override
    public String text() {
      return below(percentile, "response time", belowMicros);
    }
  }

  /**
   * A percentile of how soon, or how regularly, the units of streamed answers come is below a
   * limit.
   */
  record StreamTime(Kind kind, double percentile, long belowMicros) implements Objective {
    /** Which of an answer's times. */
    public enum Kind {
      /** From sent to the first unit. */
      FIRST("time to the first unit"),
      /** From a unit to the next. */
      BETWEEN("time between units");

      private final String words;

      Kind(String words) {
        this.words = words;
      }
    }

    public StreamTime {
      checkLimit(percentile, belowMicros);
    }

    @Override
    public double allowed() {
      return beyond(percentile);
    }

    @Override
    public String text() {
      return below(percentile, kind.words, belowMicros);
    }
  }

  /** The share of completed requests that failed is below a limit. */
  record FailureRatio(double allowed) implements Objective {
    public FailureRatio {
      checkRatio("failureRatio", allowed);
    }

    @Override
    public String text() {
      return "failure ratio below " + allowed;
    }
  }

  /**
   * The share of arrivals that were never sent is no more than a limit. It says whether the load
   * was the one asked for, and is judged as observed: it estimates nothing.
   */
  record DroppedRatio(double allowed) implements Objective {
    public DroppedRatio {
      if (!(allowed >= 0 && allowed <= 1)) {
        throw new IllegalArgumentException(
            "maxDropRatio: is " + allowed + "; give a ratio from 0 to 1");
      }
    }

    @Override
    public String text() {
      return "dropped arrivals at most " + allowed;
    }
  }

  /** The share of times that may be beyond a percentile's limit. */
  private static double beyond(double percentile) {
    return 1 - percentile / 100;
  }

  private static String below(double percentile, String times, long micros) {
    return "p" + plain(percentile) + " of the " + times + " below " + micros / 1e3 + " ms";
  }

  private static void checkLimit(double percentile, long belowMicros) {
    if (!(percentile > 0 && percentile < 100)) {
      throw new IllegalArgumentException(
          "percentile: is " + percentile + "; give a number above 0 and below 100");
    }
    if (belowMicros <= 0) {
      throw new IllegalArgumentException("below: is " + belowMicros + " µs; give more than 0");
    }
  }

  private static void checkRatio(String name, double ratio) {
    if (!(ratio > 0 && ratio < 1)) {
      throw new IllegalArgumentException(
          name + ": is " + ratio + "; give a ratio above 0 and below 1");
    }
  }

  private static String plain(double number) {
    return number == Math.rint(number) ? Long.toString((long) number) : Double.toString(number);
  }
}
