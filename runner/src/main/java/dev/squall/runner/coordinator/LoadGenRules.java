package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadGen;
import dev.squall.api.v1alpha1.LoadGenScenario;
import dev.squall.api.v1alpha1.LoadTestSpec;
import java.time.Duration;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether a run by MLPerf LoadGen's rules met them; pure. All scenarios but Offline go on until
 * both their least duration and least number of queries are met; Offline issues its one query at
 * the start, so that a target that is faster than expected makes the run too short.
 */
final class LoadGenRules {
  private static final double NANOS_PER_SECOND = 1e9;

  private LoadGenRules() {}

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
