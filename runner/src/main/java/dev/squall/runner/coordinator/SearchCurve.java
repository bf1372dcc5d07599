package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.Capacity;
import dev.squall.api.v1alpha1.Sweep;
import dev.squall.runner.search.Objective;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a search's curve is of; pure.
 *
 * @param of {@code users}, {@code rate} or {@code records a request}
 * @param percentile of the response times
 * @param limitMillis what a threshold allows that percentile, in ms; null where none does
 */
record SearchCurve(String of, double percentile, @Nullable Double limitMillis) {
  private static final double MICROS_PER_MILLI = 1000;
  private static final double DEFAULT_PERCENTILE = 95;

  /** Of a search for capacity: of the first response time that a threshold is about. */
  static SearchCurve of(Capacity capacity, List<Objective> objectives) {
    Optional<Objective.ResponseTime> first =
        objectives.stream()
            .filter(Objective.ResponseTime.class::isInstance)
            .map(Objective.ResponseTime.class::cast)
            .findFirst();
    return new SearchCurve(
        capacity.users() != null ? "users" : "rate",
        first.map(Objective.ResponseTime::percentile).orElse(DEFAULT_PERCENTILE),
        first.map(time -> time.belowMicros() / MICROS_PER_MILLI).orElse(null));
  }

  /** Of a sweep. */
  static SearchCurve of(Sweep sweep) {
    String of =
        sweep.batchSizes() != null ? "records a request" : sweep.users() != null ? "users" : "rate";
    return new SearchCurve(of, sweep.percentile(), null);
  }
}
