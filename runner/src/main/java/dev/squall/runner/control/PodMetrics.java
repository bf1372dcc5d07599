package dev.squall.runner.control;

import dev.squall.api.wire.Plan;
import dev.squall.runner.recording.Lag;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.ClassLoaderMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import io.prometheus.metrics.model.registry.MultiCollector;
import io.prometheus.metrics.model.snapshots.Labels;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;

/** What a pod tells Prometheus: JVM and process, and its own part; all labelled with the run. */
public final class PodMetrics implements AutoCloseable {
  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
  private final JvmGcMetrics collector = new JvmGcMetrics();
  private final PodVitals vitals;
  private volatile Supplier<Lag> lag = Lag::new;

  /** The metrics of a pod of this run. */
  public PodMetrics(Plan plan) {
    registry
        .config()
        .commonTags(
            Tags.of("namespace", plan.namespace(), "loadtest", plan.loadTest(), "run", plan.run()));
    new JvmMemoryMetrics().bindTo(registry);
    collector.bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ClassLoaderMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    vitals =
        new PodVitals(
            Labels.of(
                "namespace", plan.namespace(), "loadtest", plan.loadTest(), "run", plan.run()),
            () -> lag.get());
    registry.getPrometheusRegistry().register(vitals);
  }

  /** Adds a runner's own part. */
  public PodMetrics runner(RunnerSession session) {
    FunctionCounter.builder("squall.runner.requests", session, s -> (double) s.kept().requests())
        .description("Completed requests of this runner, as far as they are in its snapshots.")
        .register(registry);
    Gauge.builder("squall.runner.users", session, s -> s.state().users())
        .description("Users of this runner.")
        .register(registry);
    lag = () -> session.kept().vitals().lag();
    return this;
  }

  /** Adds series that are made when they are asked for. */
  public PodMetrics with(MultiCollector series) {
    registry.getPrometheusRegistry().register(series);
    return this;
  }

  /** The text of {@code /metrics}. */
  public byte[] text() {
    return registry.scrape().getBytes(StandardCharsets.UTF_8);
  }

  @Override
  public void close() {
    collector.close();
    vitals.close();
    registry.close();
  }
}
