package dev.squall.runner.coordinator;

import dev.squall.api.wire.Plan;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.results.Recent;
import dev.squall.runner.results.SeriesKey;
import dev.squall.runner.results.Totals;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.HdrHistogram.Histogram;
import org.jspecify.annotations.Nullable;

/**
 * The merged result as Prometheus series, made when they are scraped. Percentiles cannot be added
 * up over pods, so they come from here, where everything is merged: gauges over the last 10 s, and
 * the whole distribution since the start as a histogram.
 */
public final class RunMetrics implements MultiCollector {
  private static final double MICROS_PER_SECOND = 1e6;
  private static final double[] QUANTILES = {0.5, 0.9, 0.95, 0.99, 0.999};

  private final RunProgress progress;
  private final Labels run;

  /** The series of a run. */
  public RunMetrics(RunProgress progress) {
    this.progress = progress;
    Plan plan = progress.plan();
    this.run =
        Labels.of("namespace", plan.namespace(), "loadtest", plan.loadTest(), "run", plan.run());
  }

  @Override
  public MetricSnapshots collect() {
    return progress.read(this::collect);
  }

  private MetricSnapshots collect(Totals totals, Recent recent) {
    CounterSnapshot.Builder requests =
        CounterSnapshot.builder()
            .name("squall_requests")
            .help("Completed requests: answered, failed or timed out.");
    HistogramSnapshot.Builder distribution =
        HistogramSnapshot.builder()
            .name("squall_response_time_distribution_seconds")
            .help("Response times (intended to last byte) since the start.");
    GaugeSnapshot.Builder times =
        GaugeSnapshot.builder()
            .name("squall_response_time_seconds")
            .help(
                "Response times (intended to last byte) of the last 10 s; task=\"\" is the whole.");
    for (SeriesSnapshot series : totals.series()) {
      Labels labels = labels(series.name(), series.method());
      requests.dataPoint(
          CounterDataPointSnapshot.builder()
              .labels(labels)
              .value((double) series.requests())
              .build());
      distribution.dataPoint(Distribution.of(labels, series.responseTime()));
      quantiles(times, labels, recent.responseTimes(SeriesKey.of(series)));
    }
    quantiles(times, labels("", ""), recent.responseTimes(Recent.WHOLE));
    List<MetricSnapshot> all = new ArrayList<>(HealthSeries.of(run, progress.validity()));
    all.addAll(LoadSeries.of(run, progress.plan().test(), totals));
    all.addAll(StreamSeries.of(run, totals.series()));
    all.addAll(ConnectionSeries.of(run, totals.connections()));
    all.addAll(
        List.of(
            requests.build(),
            failures(totals),
            GaugeSnapshot.builder()
                .name("squall_users")
                .help("Users running.")
                .dataPoint(
                    GaugeDataPointSnapshot.builder().labels(run).value(totals.users()).build())
                .build(),
            times.build(),
            distribution.build()));
    return new MetricSnapshots(all);
  }

  private CounterSnapshot failures(Totals totals) {
    Map<Labels, Long> counts = new TreeMap<>();
    for (FailureCount failure : totals.failures()) {
      Labels labels =
          labels(failure.series(), failure.method())
              .merge(Labels.of("kind", failure.kind().label()));
      counts.merge(labels, failure.count(), Long::sum);
    }
    CounterSnapshot.Builder failures =
        CounterSnapshot.builder()
            .name("squall_failures")
            .help("Requests that failed, by failure kind.");
    counts.forEach(
        (labels, count) ->
            failures.dataPoint(
                CounterDataPointSnapshot.builder().labels(labels).value((double) count).build()));
    return failures.build();
  }

  private static void quantiles(
      GaugeSnapshot.Builder gauge, Labels labels, @Nullable Histogram micros) {
    if (micros == null || micros.getTotalCount() == 0) {
      return;
    }
    for (double quantile : QUANTILES) {
      gauge.dataPoint(
          GaugeDataPointSnapshot.builder()
              .labels(labels.merge(Labels.of("quantile", Double.toString(quantile))))
              .value(micros.getValueAtPercentile(100 * quantile) / MICROS_PER_SECOND)
              .build());
    }
  }

  private Labels labels(String task, String method) {
    return run.merge(Labels.of("task", task, "method", method));
  }
}
