package dev.squall.runner.coordinator;

import dev.squall.runner.recording.SeriesSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.List;

/** Streamed answers as Prometheus series; none where nothing is streamed; pure. */
final class StreamSeries {
  private StreamSeries() {}

  /**
   * The series.
   *
   * @param run labels of the run
   */
  static List<MetricSnapshot> of(Labels run, List<SeriesSnapshot> all) {
    List<SeriesSnapshot> streamed =
        all.stream().filter(series -> !series.stream().isEmpty()).toList();
    if (streamed.isEmpty()) {
      return List.of();
    }
    CounterSnapshot.Builder units =
        CounterSnapshot.builder()
            .name("squall_stream_units")
            .help("Units of streamed answers: events or chunks.");
    HistogramSnapshot.Builder first =
        HistogramSnapshot.builder()
            .name("squall_time_to_first_distribution_seconds")
            .help("Of streamed answers: sent to first unit, since the start.");
    HistogramSnapshot.Builder between =
        HistogramSnapshot.builder()
            .name("squall_time_between_distribution_seconds")
            .help("Of streamed answers: from a unit to the next, since the start.");
    for (SeriesSnapshot series : streamed) {
      Labels labels = run.merge(Labels.of("task", series.name(), "method", series.method()));
      units.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(labels)
              .value((double) series.stream().units())
              .build());
      first.dataPoint(Distribution.of(labels, series.stream().first()));
      between.dataPoint(Distribution.of(labels, series.stream().between()));
    }
    return List.of(units.build(), first.build(), between.build());
  }
}
