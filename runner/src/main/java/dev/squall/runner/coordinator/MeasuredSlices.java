package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Arrivals;
import dev.squall.api.v1alpha1.FailureRatioThreshold;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Overflow;
import dev.squall.api.v1alpha1.ResponseTimeThreshold;
import dev.squall.api.v1alpha1.Threshold;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.StreamTimes;
import dev.squall.runner.recording.Times;
import dev.squall.runner.search.Objective;
import dev.squall.runner.search.Objective.StreamTime;
import dev.squall.runner.search.Objective.StreamTime.Kind;
import dev.squall.runner.search.Slice;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a search sees of the merged seconds: a test's thresholds as objectives, and of each second
 * how many requests were bad by them. A time that the histogram cannot tell from its limit is bad.
 */
final class MeasuredSlices {
  /** What is to hold, of which requests: of all where neither a load nor a task is named. */
  private record Goal(Optional<String> load, Optional<String> task, Objective objective) {
    static Goal of(Threshold threshold, Objective objective) {
      return new Goal(
          Optional.ofNullable(threshold.load()), Optional.ofNullable(threshold.task()), objective);
    }
  }

  private final TaskSeries tasks;
  private final BatchSeries batches;
  private final List<Goal> goals = new ArrayList<>();

  MeasuredSlices(LoadTestSpec test) {
    tasks = new TaskSeries(test);
    batches = new BatchSeries(test);
    for (Threshold threshold : test.thresholds()) {
      time(threshold, threshold.responseTime(), Objective.ResponseTime::new);
      time(threshold, threshold.timeToFirst(), (p, us) -> new StreamTime(Kind.FIRST, p, us));
      time(threshold, threshold.timeBetween(), (p, us) -> new StreamTime(Kind.BETWEEN, p, us));
      FailureRatioThreshold ratio = threshold.failureRatio();
      if (ratio != null) {
        goals.add(Goal.of(threshold, new Objective.FailureRatio(ratio.below())));
      }
    }
    test.loads().stream()
        .map(Load::arrivals)
        .filter(Objects::nonNull)
        .filter(arrivals -> arrivals.overflow() == Overflow.Drop)
        .mapToDouble(Arrivals::maxDropRatio)
        .min()
        .ifPresent(
            most ->
                goals.add(
                    new Goal(
                        Optional.empty(), Optional.empty(), new Objective.DroppedRatio(most))));
  }

  /** An objective of a percentile and its limit in µs. */
  private interface OfPercentile {
    Objective of(double percentile, long belowMicros);
  }

  private void time(
      Threshold threshold, @Nullable ResponseTimeThreshold limit, OfPercentile objective) {
    Double percentile = limit == null ? null : limit.percentile();
    if (limit != null && percentile != null) {
      long micros = Durations.parse(limit.below()).toNanos() / 1000;
      goals.add(Goal.of(threshold, objective.of(percentile, micros)));
    }
  }

  /** The objectives, in the order of {@link Slice#counts}. */
  List<Objective> objectives() {
    return goals.stream().map(Goal::objective).toList();
  }

  /** A merged second. */
  Slice of(Snapshot second) {
    long offered = 0;
    long dropped = 0;
    for (LoadCounts load : second.loads()) {
      offered += load.warmUp() ? 0 : load.offered();
      dropped += load.warmUp() ? 0 : load.dropped();
    }
    Times times = responseTimes(second);
    long failed = second.series().stream().mapToLong(SeriesSnapshot::failures).sum();
    List<Slice.Count> counts = new ArrayList<>();
    for (Goal goal : goals) {
      Optional<SeriesSnapshot> part = part(goal, second.series());
      counts.add(
          switch (goal.objective()) {
            case Objective.ResponseTime(double _, long belowMicros) ->
                notBelow(belowMicros, part.map(SeriesSnapshot::responseTime).orElse(times));
            case StreamTime(Kind kind, double _, long belowMicros) -> {
              StreamTimes stream = part.orElseGet(() -> TaskSeries.sum(second.series())).stream();
              yield notBelow(belowMicros, kind == Kind.FIRST ? stream.first() : stream.between());
            }
            case Objective.FailureRatio _ ->
                part.map(one -> new Slice.Count(one.failures(), one.requests()))
                    .orElse(new Slice.Count(failed, second.requests()));
            case Objective.DroppedRatio _ -> new Slice.Count(dropped, offered);
          });
    }
    return new Slice(
        1,
        offered,
        second.requests(),
        failed,
        second.levels().inFlight() + second.levels().waiting(),
        times.meanNanos() / 1000,
        batches.succeeded(second.series()),
        counts);
  }

  private static Slice.Count notBelow(long limitMicros, Times times) {
    Ranks ranks = new Ranks(times);
    return new Slice.Count(ranks.count() - ranks.countBelow(limitMicros), ranks.count());
  }

  /** The requests of one load or task in a second; empty for a goal that is about all. */
  private Optional<SeriesSnapshot> part(Goal goal, List<SeriesSnapshot> all) {
    if (goal.load().isEmpty() && goal.task().isEmpty()) {
      return Optional.empty();
    }
    List<SeriesSnapshot> ofLoad =
        goal.load()
            .map(load -> all.stream().filter(one -> one.load().equals(load)).toList())
            .orElse(all);
    return Optional.of(
        goal.task().map(task -> tasks.sum(task, ofLoad)).orElseGet(() -> TaskSeries.sum(ofLoad)));
  }

  /** Response times of all tasks in a second. */
  static Times responseTimes(Snapshot second) {
    Times all = new Times();
    second.series().forEach(series -> all.add(series.responseTime()));
    return all;
  }
}
