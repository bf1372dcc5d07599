package dev.squall.runner.control;

import dev.squall.runner.recording.Lag;
import dev.squall.runner.vitals.Vital;
import dev.squall.runner.vitals.Vitals;
import dev.squall.runner.vitals.VitalsMeter;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.CounterSnapshot.CounterDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot.GaugeDataPointSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import io.prometheus.metrics.model.snapshots.MetricSnapshots;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Supplier;

/**
 * What a pod measures of itself as Prometheus series, counted from its start, made when they are
 * scraped; what its machine does not tell is left out. Thread-safe.
 */
final class PodVitals implements MultiCollector, AutoCloseable {
  private static final double NANOS_PER_SECOND = 1e9;
  private static final double MICROS_PER_SECOND = 1e6;

  private final Labels run;
  private final Supplier<Lag> lag;
  private final VitalsMeter meter = new VitalsMeter(SnapshotCutter.LOOP_THREADS);
  private Vitals sum = Vitals.none();

  /**
   * A pod of a run.
   *
   * @param lag how late its event loops came to their beats so far; empty where it has none
   */
  PodVitals(Labels run, Supplier<Lag> lag) {
    this.run = run;
    this.lag = lag;
  }

  @Override
  public synchronized MetricSnapshots collect() {
    sum = sum.plus(meter.next(new Lag()));
    List<MetricSnapshot> all = new ArrayList<>();
    counter(all, "throttled", "Time this pod was stopped by its CPU limit.", Vital.THROTTLED);
    counter(all, "paused", "Time this pod was paused by its collector.", Vital.COLLECTING);
    counter(
        all,
        "queued",
        "Time this pod's event loops were ready and had no CPU.",
        Vital.LOOPS_WAITED);
    counter(all, "pressure", "Time in which some task of this pod had no CPU.", Vital.PRESSURE);
    counter(all, "stolen", "CPU time that the hypervisor gave to others.", Vital.STOLEN);
    Lag beats = lag.get();
    if (beats.beats() > 0) {
      GaugeSnapshot.Builder gauge =
          GaugeSnapshot.builder()
              .name("squall_pod_lag_seconds")
              .help("How late this pod's event loops came to their beats, since the start.");
      lag(gauge, "0.5", beats.percentileMicros(50) / MICROS_PER_SECOND);
      lag(gauge, "0.99", beats.percentileMicros(99) / MICROS_PER_SECOND);
      lag(gauge, "1", beats.maxNanos() / NANOS_PER_SECOND);
      all.add(gauge.build());
    }
    return new MetricSnapshots(all);
  }

  private void counter(List<MetricSnapshot> all, String name, String help, Vital vital) {
    OptionalLong nanos = sum.get(vital);
    if (nanos.isPresent()) {
      all.add(
          CounterSnapshot.builder()
              .name("squall_pod_" + name + "_seconds")
              .help(help)
              .dataPoint(
                  CounterDataPointSnapshot.builder()
                      .labels(run)
                      .value(nanos.getAsLong() / NANOS_PER_SECOND)
                      .build())
              .build());
    }
  }

  private void lag(GaugeSnapshot.Builder gauge, String quantile, double seconds) {
    gauge.dataPoint(
        GaugeDataPointSnapshot.builder()
            .labels(run.merge(Labels.of("quantile", quantile)))
            .value(seconds)
            .build());
  }

  @Override
  public void close() {
    meter.close();
  }
}
