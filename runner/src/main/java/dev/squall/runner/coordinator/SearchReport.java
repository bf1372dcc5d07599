package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.CapacityLimit;
import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.LevelOutcome;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.runner.search.CapacityResult;
import dev.squall.runner.search.CapacityResult.Limit;
import dev.squall.runner.search.CapacityResult.Outcome;
import dev.squall.runner.search.CapacityResult.Point;
import dev.squall.runner.search.Sweep;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.jspecify.annotations.Nullable;

/**
 * A search's result as it stands in the summary; pure.
 *
 * @param judgement what it says of the target
 * @param capacity what a search for capacity found, null for a sweep
 * @param sweep a sweep's levels, in its order; empty for a search for capacity
 */
record SearchReport(
    Judgement judgement, @Nullable CapacityStatus capacity, List<LevelResult> sweep) {
  private static final double MILLI = 1000;
  private static final double MILLION = 1e6;

  /**
   * Of a search for capacity.
   *
   * @param of {@code users} or {@code rate}
   * @param percentile of the curve's response times
   */
  static SearchReport of(CapacityResult found, String of, double percentile) {
    List<LevelResult> curve =
        found.curve().stream().map(point -> level(point, percentile)).toList();
    CapacityStatus status =
        new CapacityStatus(
            milli(found.level()),
            milli(found.refused()),
            of,
            limit(found.limit()),
            found.text(),
            Math.round(found.seconds()),
            curve);
    return new SearchReport(judgement(found, status), status, List.of());
  }

  /**
   * Of a sweep.
   *
   * @param percentile of the rows' response times
   * @param batches whether the levels are batch sizes
   */
  static SearchReport of(List<Sweep.Row> rows, double percentile, boolean batches) {
    List<LevelResult> levels = rows.stream().map(row -> level(row, percentile, batches)).toList();
    List<Sweep.Row> unsteady = rows.stream().filter(row -> !row.steady()).toList();
    Judgement judgement =
        unsteady.isEmpty()
            ? new Judgement(Verdict.Passed, "LevelsSteady", "every level was held steady")
            : Judgement.inconclusive(
                "NotSteady",
                "%d of %d levels were never steady, the first at %s: %s"
                    .formatted(
                        unsteady.size(),
                        rows.size(),
                        SearchNow.level(Math.round(unsteady.getFirst().level() * MILLI)),
                        unsteady.getFirst().reason()));
    return new SearchReport(judgement, null, levels);
  }

  private static Judgement judgement(CapacityResult found, CapacityStatus status) {
    Optional<String> answer = CapacityAnswer.of(status);
    if (answer.isPresent()) {
      return new Judgement(Verdict.Passed, "CapacityFound", "capacity: " + answer.get());
    }
    if (!found.curve().isEmpty() && found.curve().getFirst().outcome() == Outcome.NEAR) {
      return Judgement.inconclusive(
          "TooFewSamples",
          "at the lowest level allowed, %s; measure longer: raise spec.capacity.trial"
              .formatted(found.text()));
    }
    return switch (found.limit()) {
      case OBJECTIVE, OVER_SATURATION ->
          new Judgement(
              Verdict.Failed,
              "NoCapacity",
              "no level allowed holds the thresholds: at the lowest, " + found.text());
      case GENERATOR ->
          Judgement.inconclusive(
              "RunnersLimit", "the runners failed before the target did: " + found.text());
      case MOST, TIME -> Judgement.inconclusive("SearchNotEnded", found.text());
    };
  }

  private static LevelResult level(Point point, double percentile) {
    return new LevelResult(
        Math.round(point.level() * MILLI),
        Math.round(point.throughput() * MILLI),
        null,
        point.micros(),
        Math.round(percentile * MILLI),
        Math.round(point.failureRatio() * MILLION),
        Math.round(point.inFlight()),
        Math.round(point.seconds()),
        point.confirms(),
        outcome(point.outcome()),
        point.text().isEmpty() ? null : point.text());
  }

  private static LevelResult level(Sweep.Row row, double percentile, boolean batches) {
    return new LevelResult(
        Math.round(row.level() * MILLI),
        Math.round(row.throughput() * MILLI),
        batches ? Math.round(row.recordsPerSecond() * MILLI) : null,
        row.percentile(percentile),
        Math.round(percentile * MILLI),
        Math.round(row.failureRatio() * MILLION),
        Math.round(row.meanInFlight()),
        Math.round(row.seconds()),
        false,
        row.steady() ? LevelOutcome.Steady : LevelOutcome.Unsteady,
        row.reason().isEmpty() ? null : row.reason());
  }

  private static CapacityLimit limit(Limit limit) {
    return switch (limit) {
      case OBJECTIVE -> CapacityLimit.Threshold;
      case OVER_SATURATION -> CapacityLimit.OverSaturation;
      case GENERATOR -> CapacityLimit.Runners;
      case MOST -> CapacityLimit.Range;
      case TIME -> CapacityLimit.Time;
    };
  }

  private static LevelOutcome outcome(Outcome outcome) {
    return switch (outcome) {
      case MEETS -> LevelOutcome.Holds;
      case MISSES -> LevelOutcome.Broken;
      case NEAR -> LevelOutcome.Near;
      case OVER_SATURATED -> LevelOutcome.OverSaturated;
      case GENERATOR_FAULT -> LevelOutcome.Spoiled;
    };
  }

  private static @Nullable Long milli(OptionalDouble level) {
    return level.isPresent() ? Math.round(level.getAsDouble() * MILLI) : null;
  }
}
