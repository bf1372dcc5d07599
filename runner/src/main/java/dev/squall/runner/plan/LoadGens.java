package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.LoadGenScenario;
import dev.squall.runner.engine.Load;
import dev.squall.runner.engine.Load.Overflow;
import dev.squall.runner.engine.Load.Terms;
import dev.squall.runner.engine.arrival.LoadGen;
import dev.squall.runner.engine.arrival.LoadGen.Issue;
import dev.squall.runner.engine.arrival.LoadGen.Scenario;
import dev.squall.runner.engine.arrival.QueryCounts;
import org.jspecify.annotations.Nullable;

/** Compiles the scenarios of MLPerf LoadGen. */
final class LoadGens {
  private static final int SAMPLES_PER_QUERY = 8;

  private LoadGens() {}

  /**
   * A load by LoadGen's rules.
   *
   * @throws IllegalArgumentException if the rules cannot be met; the message says the fix
   */
  static Load compile(Terms terms, dev.squall.api.v1alpha1.LoadGen spec, long seed) {
    LoadGen rules = rules(spec);
    return switch (rules.issue(seed)) {
      case Issue.OneAtATime(int samples) ->
          new Load.Queries(terms, samples, rules.leastNanos(), rules.leastQueries());
      case Issue.OnSchedule(var schedule) ->
          new Load.Open(terms, schedule, spec.maxInFlight(), Overflow.WAIT);
    };
  }

  /** LoadGen's rules as the spec sets them, MLPerf's own where it does not. */
  private static LoadGen rules(dev.squall.api.v1alpha1.LoadGen spec) {
    long least = Durations.parse(spec.minDuration()).toNanos();
    double rate = orElse(spec.rate(), 0);
    Integer samples = spec.samplesPerQuery();
    double percentile =
        orElse(spec.percentile(), spec.scenario() == LoadGenScenario.SingleStream ? 90 : 99) / 100;
    return switch (spec.scenario()) {
      case SingleStream ->
          new LoadGen(
              new Scenario.SingleStream(), least, queries(spec, reported(percentile)), percentile);
      case MultiStream ->
          new LoadGen(
              new Scenario.MultiStream(samples == null ? SAMPLES_PER_QUERY : samples),
              least,
              queries(spec, reported(percentile)),
              percentile);
      case Server ->
          new LoadGen(
              new Scenario.Server(rate),
              least,
              queries(spec, QueryCounts.minimum(percentile)),
              percentile);
      case Offline -> offline(spec, rate, least, percentile);
    };
  }

  /** One query: a tenth more samples than expected within the least duration, by the rules. */
  private static LoadGen offline(
      dev.squall.api.v1alpha1.LoadGen spec, double rate, long least, double percentile) {
    long expected = (long) Math.ceil(rate * least / 1e9 * 1.1);
    long samples = Math.max(queries(spec, LoadGen.OFFLINE_SAMPLES), expected);
    return new LoadGen(new Scenario.Offline(samples), least, 1, percentile);
  }

  private static long queries(dev.squall.api.v1alpha1.LoadGen spec, long byTheRules) {
    Long queries = spec.minQueries();
    return queries == null ? byTheRules : queries;
  }

  /** The least number of queries of which the percentile can be reported. */
  private static long reported(double percentile) {
    return QueryCounts.toPass(1, percentile, QueryCounts.CONFIDENCE);
  }

  private static double orElse(@Nullable Double value, double byDefault) {
    return value == null ? byDefault : value;
  }
}
