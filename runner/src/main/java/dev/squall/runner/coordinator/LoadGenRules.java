package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadGen;
import dev.squall.api.v1alpha1.LoadGenScenario;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.QueryResult;
import dev.squall.runner.engine.arrival.QueryCounts;
import dev.squall.runner.recording.QueryTimes;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What MLPerf LoadGen's rules say of a run; pure. All scenarios but Offline go on until both their
 * least duration and least number of queries are met; Offline issues its one query at the start, so
 * that a target that is faster than expected makes the run too short.
 */
final class LoadGenRules {
  private static final double NANOS_PER_SECOND = 1e9;

  private LoadGenRules() {}

  /**
   * How long a load's queries took, by early stopping: of the slowest queries as many are left out
   * as 99 % confidence allows, and the slowest of the rest is the percentile. Null for a load that
   * does not send one query at a time, or has sent none.
   */
  static @Nullable QueryResult queries(Load load, List<QueryTimes> all) {
    LoadGen loadGen = load.loadGen();
    if (loadGen == null) {
      return null;
    }
    Double asked = loadGen.percentile();
    double percentile =
        asked != null ? asked : loadGen.scenario() == LoadGenScenario.SingleStream ? 90 : 99;
    return all.stream()
        .filter(queries -> queries.load().equals(load.name()) && queries.times().count() > 0)
        .findFirst()
        .map(queries -> result(percentile, new Ranks(queries.times())))
        .orElse(null);
  }

  private static QueryResult result(double percentile, Ranks times) {
    long slowest =
        QueryCounts.slowestToReport(times.count(), percentile / 100, QueryCounts.CONFIDENCE);
    return new QueryResult(
        times.count(), percentile, slowest == 0 ? null : times.atMost(times.count() - slowest + 1));
  }

  /**
   * The rule that was not met, empty if all were.
   *
   * @param seconds from the start instant to the last answer
   */
  static Optional<Judgement> unmet(LoadTestSpec test, double seconds) {
    for (Load load : test.loads()) {
      LoadGen loadGen = load.loadGen();
      Double rate = loadGen == null ? null : loadGen.rate();
      if (loadGen == null || rate == null || loadGen.scenario() != LoadGenScenario.Offline) {
        continue;
      }
      Duration least = Durations.parse(loadGen.minDuration());
      double took = seconds - Durations.parse(load.start()).toNanos() / NANOS_PER_SECOND;
      double wanted = least.toNanos() / NANOS_PER_SECOND;
      if (took > 0 && took < wanted) {
        return Optional.of(
            Judgement.inconclusive(
                "LoadGenTooShort",
                String.format(
                    Locale.ROOT,
                    "load '%s' was over after %.2f s, less than loadGen.minDuration (%s): the target"
                        + " is faster than loadGen.rate says; raise it to about %.0f",
                    load.name(),
                    took,
                    loadGen.minDuration(),
                    Math.ceil(rate * wanted / took))));
      }
    }
    return Optional.empty();
  }
}
