package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.results.Totals;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** What became of each load's requests, as Prometheus series; pure. */
final class LoadSeries {
  private LoadSeries() {}

  static List<MetricSnapshot> of(Labels run, LoadTestSpec test, Totals totals) {
    CounterSnapshot.Builder offered =
        CounterSnapshot.builder()
            .name("squall_load_offered")
            .help("Requests of a load whose time had come, sent or not.");
    CounterSnapshot.Builder outcomes =
        CounterSnapshot.builder()
            .name("squall_load_requests")
            .help("Requests of a load by what became of them.");
    HistogramSnapshot.Builder times =
        HistogramSnapshot.builder()
            .name("squall_load_response_time_distribution_seconds")
            .help("Response times since the start, of each load that a threshold names.");
    for (Load load : test.loads()) {
      SeriesSnapshot apart = TaskSeries.sum(totals.series(load.name()));
      if (apart.requests() > 0) {
        times.dataPoint(Distribution.of(labels(run, load), apart.responseTime()));
      }
      for (LoadCounts count : totals.loads()) {
        if (count.load().equals(load.name())) {
          Labels labels = labels(run, load);
          offered.dataPoint(point(labels, count.offered()));
          outcomes
              .dataPoint(outcome(labels, "succeeded", count.succeeded()))
              .dataPoint(outcome(labels, "failed", count.failures()))
              .dataPoint(outcome(labels, "dropped", count.dropped()))
              .dataPoint(outcome(labels, "interrupted", count.interrupted()));
        }
      }
    }
    return List.of(offered.build(), outcomes.build(), times.build());
  }

  private static Labels labels(Labels run, Load load) {
    return run.merge(
        Labels.of(
            "load",
            load.name(),
            "model",
            LoadModel.of(load).word(),
            "warm_up",
            Boolean.toString(load.warmUp())));
  }

  private static CounterDataPointSnapshot outcome(Labels labels, String outcome, long count) {
    return point(labels.merge(Labels.of("outcome", outcome)), count);
  }

  private static CounterDataPointSnapshot point(Labels labels, long count) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) count).build();
  }
}
