package dev.squall.runner.coordinator;

import dev.squall.runner.recording.AddressCount;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.HistogramSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Connections and the target's addresses as Prometheus series; pure. */
final class ConnectionSeries {
  /** Addresses with a series of their own; the others are one together. */
  static final int MOST_ADDRESSES = 50;

  private ConnectionSeries() {}

  /**
   * The series.
   *
   * @param run labels of the run
   */
  static List<MetricSnapshot> of(Labels run, ConnectionCounts all) {
    List<MetricSnapshot> series = new ArrayList<>();
    HistogramSnapshot.Builder times =
        HistogramSnapshot.builder()
            .name("squall_connection_step_seconds")
            .help(
                "How long steps on the way to a connection took: resolve, connect, tls-full,"
                    + " tls-resumed.");
    CounterSnapshot.Builder failures =
        CounterSnapshot.builder()
            .name("squall_connection_step_failures")
            .help("Steps on the way to a connection that failed.");
    for (ConnectionStep step : ConnectionStep.values()) {
      if (all.has(step)) {
        Labels labels = run.merge(Labels.of("step", step.label()));
        times.dataPoint(Distribution.of(labels, all.times(step)));
        failures.dataPoint(point(labels, all.failures(step)));
      }
    }
    series.add(times.build());
    series.add(failures.build());
    series.addAll(addresses(run, all.addresses()));
    return series;
  }

  private static List<MetricSnapshot> addresses(Labels run, List<AddressCount> all) {
    List<AddressCount> shown =
        all.stream()
            .sorted(
                Comparator.comparing(
                        (AddressCount a) -> a.address().equals(ConnectionCounts.OTHERS))
                    .thenComparing(Comparator.comparingLong(AddressCount::requests).reversed()))
            .toList();
    AddressCount others = new AddressCount(ConnectionCounts.OTHERS, 0, 0);
    CounterSnapshot.Builder requests =
        CounterSnapshot.builder()
            .name("squall_address_requests")
            .help("HTTP requests sent to an address of the target.");
    CounterSnapshot.Builder connections =
        CounterSnapshot.builder()
            .name("squall_address_connections")
            .help("Connections opened to an address of the target.");
    for (int i = 0; i < shown.size(); i++) {
      AddressCount one = shown.get(i);
      if (i < MOST_ADDRESSES && !one.address().equals(ConnectionCounts.OTHERS)) {
        add(run, one, requests, connections);
      } else {
        others = others.plus(one);
      }
    }
    if (others.requests() > 0 || others.connections() > 0) {
      add(run, others, requests, connections);
    }
    return List.of(requests.build(), connections.build());
  }

  private static void add(
      Labels run,
      AddressCount one,
      CounterSnapshot.Builder requests,
      CounterSnapshot.Builder connections) {
    Labels labels = run.merge(Labels.of("address", one.address()));
    requests.dataPoint(point(labels, one.requests()));
    connections.dataPoint(point(labels, one.connections()));
  }

  private static CounterDataPointSnapshot point(Labels labels, long count) {
    return CounterDataPointSnapshot.builder().labels(labels).value((double) count).build();
  }
}
