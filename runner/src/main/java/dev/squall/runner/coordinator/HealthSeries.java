package dev.squall.runner.coordinator;

import dev.squall.api.wire.RunValidity;
import dev.squall.api.wire.RunValidity.Clocks;
import dev.squall.api.wire.RunValidity.RunnerHealth;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** What the runners measured of themselves as Prometheus series: the worst runners', and clocks. */
final class HealthSeries {
  private static final double MICROS_PER_SECOND = 1e6;

  private final Labels run;
  private final RunValidity validity;
  private final List<MetricSnapshot> all = new ArrayList<>();

  private HealthSeries(Labels run, RunValidity validity) {
    this.run = run;
    this.validity = validity;
  }

  /** The series, labelled with the run. */
  static List<MetricSnapshot> of(Labels run, RunValidity validity) {
    HealthSeries series = new HealthSeries(run, validity);
    series.gauge(
        "squall_runner_lag_seconds",
        "99th percentile of how late a runner's event loops came to their beats.",
        RunnerHealth::lagP99Micros);
    series.gauge(
        "squall_runner_lateness_seconds",
        "99th percentile of how late a runner itself sent its requests.",
        RunnerHealth::latenessP99Micros);
    series.counter(
        "squall_runner_throttled_seconds",
        "Time a runner was stopped by its CPU limit.",
        RunnerHealth::throttledMicros);
    series.counter(
        "squall_runner_collection_seconds",
        "Time a runner was paused by its garbage collector.",
        RunnerHealth::collectionMicros);
    series.counter(
        "squall_runner_queued_seconds",
        "Time a runner's event loops were ready and had no CPU.",
        RunnerHealth::loopsWaitedMicros);
    series.clocks(validity.clocks());
    return series.all;
  }

  private void gauge(String name, String help, Function<RunnerHealth, @Nullable Long> micros) {
    GaugeSnapshot.Builder gauge = GaugeSnapshot.builder().name(name).help(help);
    for (RunnerHealth runner : validity.runners()) {
      Long value = micros.apply(runner);
      if (value != null) {
        gauge.dataPoint(point(runner.name(), value / MICROS_PER_SECOND));
      }
    }
    all.add(gauge.build());
  }

  private GaugeDataPointSnapshot point(String runner, double value) {
    return GaugeDataPointSnapshot.builder().labels(labels(runner)).value(value).build();
  }

  private void counter(String name, String help, Function<RunnerHealth, @Nullable Long> micros) {
    CounterSnapshot.Builder counter = CounterSnapshot.builder().name(name).help(help);
    for (RunnerHealth runner : validity.runners()) {
      Long value = micros.apply(runner);
      if (value != null) {
        counter.dataPoint(
            CounterDataPointSnapshot.builder()
                .labels(labels(runner.name()))
                .value(value / MICROS_PER_SECOND)
                .build());
      }
    }
    all.add(counter.build());
  }

  private void clocks(@Nullable Clocks clocks) {
    if (clocks != null) {
      all.add(
          GaugeSnapshot.builder()
              .name("squall_start_skew_seconds")
              .help("How far the runners' start instants lay apart.")
              .dataPoint(
                  GaugeDataPointSnapshot.builder()
                      .labels(run)
                      .value(clocks.startSkewMicros() / MICROS_PER_SECOND)
                      .build())
              .build());
    }
  }

  private Labels labels(String runner) {
    return run.merge(Labels.of("runner", runner));
  }
}
