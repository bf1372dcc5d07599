package dev.squall.runner.engine.arrival;

/**
 * MLPerf LoadGen's four scenarios: how queries are issued, and when a run may end. A query is a
 * number of samples (requests) that are sent together; it is complete when the last of them is
 * answered.
 *
 * <p>A run goes on until both its least duration and its least number of queries are met. Sources:
 * the section "Scenarios" of {@code inference_rules.adoc} in
 * github.com/mlcommons/inference_policies (600 s; 1 sample a query, 8 for MultiStream, at least
 * 24,576 for Offline) and {@code loadgen/test_settings.h} in github.com/mlcommons/inference.
 *
 * @param leastNanos the run's least duration
 * @param leastQueries the run's least number of queries
 * @param percentile what is reported (SingleStream, MultiStream) or held against the limit
 *     (Server), as a fraction; Offline reports throughput and does not use it
 */
public record LoadGen(Scenario scenario, long leastNanos, long leastQueries, double percentile) {
  /** MLPerf's least duration: ten minutes. */
  public static final long LEAST_NANOS = 600_000_000_000L;

  /** MLPerf's least number of samples in an Offline query. */
  public static final long OFFLINE_SAMPLES = 24_576;

  /** How queries are issued. */
  public sealed interface Scenario {
    /** One sample a query; the next query when the previous one is complete. */
    record SingleStream() implements Scenario {}

    /** Several samples a query; the next query when the previous one is complete. */
    record MultiStream(int samplesPerQuery) implements Scenario {
      public MultiStream {
        Check.positive("multiStream.samplesPerQuery", samplesPerQuery);
      }
    }

    /** One sample a query, arriving as a Poisson process whatever the target does. */
    record Server(double queriesPerSecond) implements Scenario {
      public Server {
        Check.level("server.queriesPerSecond", queriesPerSecond);
        if (queriesPerSecond == 0) {
          throw new IllegalArgumentException("server.queriesPerSecond: is 0; give more than 0");
        }
      }
    }

    /** One query with all samples, at the start. */
    record Offline(long samples) implements Scenario {
      public Offline {
        if (samples < 1 || samples > 100_000_000) {
          throw new IllegalArgumentException(
              "offline.samples: is " + samples + "; give 1 to 100000000");
        }
      }
    }
  }

  /** What the engine does about it: the open and the closed way to issue. */
  public sealed interface Issue {
    /** One query at a time, of so many samples sent together, each when the last is complete. */
    record OneAtATime(int samplesPerQuery) implements Issue {}

    /** By a schedule, whatever is in flight. */
    record OnSchedule(ArrivalSchedule schedule) implements Issue {}
  }

  public LoadGen {
    Check.positive("leastDuration", leastNanos);
    Check.positive("leastQueries", leastQueries);
    if (!(percentile > 0 && percentile < 1)) {
      throw new IllegalArgumentException(
          "percentile: is " + percentile + "; give a fraction between 0 and 1");
    }
  }

  /** SingleStream by the rules: the 90th percentile, at least 64 queries, so that it has one. */
  public static LoadGen singleStream() {
    return new LoadGen(new Scenario.SingleStream(), LEAST_NANOS, leastToReport(0.90), 0.90);
  }

  /** MultiStream by the rules: 8 samples a query, the 99th percentile of queries. */
  public static LoadGen multiStream() {
    return new LoadGen(new Scenario.MultiStream(8), LEAST_NANOS, leastToReport(0.99), 0.99);
  }

  /** Server by the rules: the 99th percentile, 270,336 queries. */
  public static LoadGen server(double queriesPerSecond) {
    return new LoadGen(
        new Scenario.Server(queriesPerSecond), LEAST_NANOS, QueryCounts.minimum(0.99), 0.99);
  }

  /**
   * Offline by the rules: one query, with a tenth more samples than the expected throughput does in
   * the least duration, and at least 24,576.
   */
  public static LoadGen offline(double expectedSamplesPerSecond) {
    Check.level("offline.expectedSamplesPerSecond", expectedSamplesPerSecond);
    double samples = expectedSamplesPerSecond * (LEAST_NANOS / 10 * 11) / 1e9;
    return new LoadGen(
        new Scenario.Offline(Math.max(OFFLINE_SAMPLES, (long) Math.ceil(samples))),
        LEAST_NANOS,
        1,
        0.99);
  }

  /** The least number of queries of which early stopping can report the slowest but some. */
  private static long leastToReport(double percentile) {
    return QueryCounts.toPass(1, percentile, QueryCounts.CONFIDENCE);
  }

  /** How to issue the queries. */
  public Issue issue(long seed) {
    return switch (scenario) {
      case Scenario.SingleStream() -> new Issue.OneAtATime(1);
      case Scenario.MultiStream(int samples) -> new Issue.OneAtATime(samples);
      case Scenario.Server(double rate) ->
          new Issue.OnSchedule(
              RateSchedule.of(
                  new Arrivals.Poisson(false),
                  RateProfile.constant(rate, Per.SECOND),
                  Bounds.both(leastNanos, leastQueries),
                  seed));
      case Scenario.Offline(long samples) ->
          new Issue.OnSchedule(RecordedSchedule.of(new long[Math.toIntExact(samples)], 1));
    };
  }

  /**
   * Whether no further query is due after so long and so many queries. Offline has issued its only
   * one at the start; when its answers come before the least duration, the run is too short to be
   * valid, which {@link #valid} tells.
   */
  public boolean complete(long elapsedNanos, long queries) {
    return scenario instanceof Scenario.Offline
        ? queries >= 1
        : elapsedNanos >= leastNanos && queries >= leastQueries;
  }

  /** Whether a run that is over meets the rules: both the least duration and number of queries. */
  public boolean valid(long elapsedNanos, long queries) {
    return elapsedNanos >= leastNanos && queries >= leastQueries;
  }
}
