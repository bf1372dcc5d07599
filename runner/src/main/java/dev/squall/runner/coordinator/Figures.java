package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.ColdStart;
import dev.squall.api.v1alpha1.FailureReason;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.StreamResult;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.v1alpha1.WarmUpResult;
import dev.squall.api.wire.ConnectionReport;
import dev.squall.runner.recording.AddressCount;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.StreamTimes;
import dev.squall.runner.recording.Times;
import dev.squall.runner.results.Totals;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.ToLongFunction;
import org.jspecify.annotations.Nullable;

/**
 * A run's sums as the API writes them: whole microseconds, rates per 1,000 s; pure.
 *
 * @param test what is run
 * @param totals the sums, which stand still meanwhile
 * @param seconds the load's length
 */
record Figures(LoadTestSpec test, Totals totals, double seconds) {
  private static final double NANOS_PER_MICRO = 1000;
  private static final int MOST_REASONS = 50;
  private static final int MOST_ADDRESSES = 64;

  /** Requests whose time had come, but those of warm-up loads. */
  long offered() {
    return sum(LoadCounts::offered);
  }

  /** Arrivals never sent, but those of warm-up loads. */
  long dropped() {
    return sum(LoadCounts::dropped);
  }

  private long sum(ToLongFunction<LoadCounts> count) {
    return totals.loads().stream().filter(load -> !load.warmUp()).mapToLong(count).sum();
  }

  /** Each load that has sent something, in the order of the spec. */
  List<LoadResult> loads() {
    return test.loads().stream()
        .flatMap(
            load ->
                totals.loads().stream()
                    .filter(counts -> counts.load().equals(load.name()))
                    .map(counts -> load(load, counts)))
        .toList();
  }

  private LoadResult load(Load load, LoadCounts counts) {
    return new LoadResult(
        load.name(),
        LoadModel.of(load),
        load.warmUp(),
        counts.offered(),
        counts.requests(),
        counts.failures(),
        counts.dropped(),
        counts.interrupted(),
        LoadGenRules.queries(load, totals.queries()),
        times(TaskSeries.sum(totals.series(load.name())).responseTime()));
  }

  /** What the warm-up loads did; null if there are none. */
  @Nullable WarmUpResult warmUp() {
    if (test.loads().stream().noneMatch(Load::warmUp)) {
      return null;
    }
    SeriesSnapshot all = totals.warmUp();
    return new WarmUpResult(all.requests(), all.failures(), times(all.responseTime()));
  }

  /** The first answer; null before. */
  @Nullable ColdStart coldStart() {
    return totals
        .firstAnswer()
        .map(
            first ->
                new ColdStart(
                    micros((double) first.afterStartNanos()),
                    micros((double) first.responseTimeNanos())))
        .orElse(null);
  }

  /** One row of the results. */
  TaskResult task(SeriesSnapshot series) {
    return new TaskResult(
        series.name(),
        series.method(),
        series.requests(),
        series.failures(),
        milliPerSecond(series.requests()),
        times(series.responseTime()),
        stream(series.stream()));
  }

  private static @Nullable StreamResult stream(StreamTimes stream) {
    Times first = stream.first();
    Times between = stream.between();
    return stream.isEmpty()
        ? null
        : new StreamResult(
            stream.answers(),
            stream.units(),
            first.percentileMicros(50),
            first.percentileMicros(95),
            first.percentileMicros(99),
            micros((double) first.maxNanos()),
            percentile(between, 50),
            percentile(between, 95),
            percentile(between, 99),
            between.count() == 0 ? null : micros((double) between.maxNanos()));
  }

  private static @Nullable Long percentile(Times times, double percentile) {
    return times.count() == 0 ? null : times.percentileMicros(percentile);
  }

  /** What opening connections took, and what went to which address. */
  ConnectionReport connections() {
    ConnectionCounts all = totals.connections();
    List<AddressCount> addresses =
        all.addresses().stream()
            .sorted(Comparator.comparingLong(AddressCount::requests).reversed())
            .toList();
    return new ConnectionReport(
        Arrays.stream(ConnectionStep.values())
            .filter(all::has)
            .map(
                step ->
                    new ConnectionReport.Step(
                        step.label(),
                        all.times(step).count(),
                        all.failures(step),
                        times(all.times(step))))
            .toList(),
        addresses.stream()
            .limit(MOST_ADDRESSES)
            .map(
                one ->
                    new ConnectionReport.Address(one.address(), one.connections(), one.requests()))
            .toList(),
        Math.max(0, addresses.size() - MOST_ADDRESSES));
  }

  /** The most frequent reasons of failures. */
  List<FailureReason> failureReasons() {
    return totals.failures().stream()
        .limit(MOST_REASONS)
        .map(f -> new FailureReason(f.series(), f.kind().label(), f.reason(), f.count()))
        .toList();
  }

  /** Completed requests per 1,000 s. */
  long milliPerSecond(long requests) {
    return seconds <= 0 ? 0 : Math.round(1000.0 * requests / seconds);
  }

  /** Times as figures; null if there are none. */
  static @Nullable ResponseTimes times(Times times) {
    if (times.count() == 0) {
      return null;
    }
    return new ResponseTimes(
        micros((double) times.minNanos()),
        micros(times.meanNanos()),
        times.percentileMicros(50),
        times.percentileMicros(90),
        times.percentileMicros(95),
        times.percentileMicros(99),
        times.percentileMicros(99.9),
        micros((double) times.maxNanos()));
  }

  private static long micros(double nanos) {
    return Math.round(nanos / NANOS_PER_MICRO);
  }
}
