package dev.squall.runner.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.Lag;
import io.prometheus.metrics.model.snapshots.CounterSnapshot;
import io.prometheus.metrics.model.snapshots.GaugeSnapshot;
import io.prometheus.metrics.model.snapshots.Labels;
import io.prometheus.metrics.model.snapshots.MetricSnapshot;
import java.util.Map;
import java.util.Objects;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/** Reads this machine's own files. */
class PodVitalsIT {
  private static final Labels RUN = Labels.of("run", "checkout-1-abcde");

  private static Map<String, MetricSnapshot> scrape(PodVitals vitals) {
    return vitals.collect().stream()
        .collect(Collectors.toMap(s -> s.getMetadata().getName(), Function.identity()));
  }

  private static MetricSnapshot of(Map<String, MetricSnapshot> scrape, String name) {
    return Objects.requireNonNull(scrape.get(name), name);
  }

  @Test
  void aPodWithoutEventLoopsTellsWhatItsMachineDoes() {
    try (PodVitals vitals = new PodVitals(RUN, Lag::new)) {
      Map<String, MetricSnapshot> first = scrape(vitals);
      assertThat(first).containsKey("squall_pod_paused_seconds");
      assertThat(first).doesNotContainKey("squall_pod_lag_seconds");
      CounterSnapshot paused = (CounterSnapshot) of(first, "squall_pod_paused_seconds");
      assertThat(paused.getDataPoints().getFirst().getLabels().get("run"))
          .isEqualTo(RUN.get("run"));
      // Counted from the start, not from the scrape before.
      CounterSnapshot again = (CounterSnapshot) of(scrape(vitals), "squall_pod_paused_seconds");
      assertThat(again.getDataPoints().getFirst().getValue())
          .isGreaterThanOrEqualTo(paused.getDataPoints().getFirst().getValue());
    }
  }

  @Test
  void theLagOfEventLoopsIsOfAllBeatsSoFar() {
    Lag lag = new Lag();
    for (int beat = 0; beat < 99; beat++) {
      lag.record(80_000);
    }
    lag.record(3_000_000_000L);
    try (PodVitals vitals = new PodVitals(RUN, () -> lag)) {
      GaugeSnapshot gauge = (GaugeSnapshot) of(scrape(vitals), "squall_pod_lag_seconds");
      Map<String, Double> quantiles =
          gauge.getDataPoints().stream()
              .collect(
                  Collectors.toMap(
                      point -> point.getLabels().get("quantile"), point -> point.getValue()));
      assertThat(quantiles).isEqualTo(Map.of("0.5", 1e-4, "0.99", 1e-4, "1", 3.0));
    }
  }
}
