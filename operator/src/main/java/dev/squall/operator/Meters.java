package dev.squall.operator;

import dev.squall.api.resource.LoadTestRun;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import jakarta.enterprise.context.ApplicationScoped;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The operator's own metrics: {@code squall_runs} by phase and verdict (of the runs that are kept),
 * {@code squall_reconcile_seconds} by kind and outcome.
 */
@ApplicationScoped
public class Meters {
  private final MeterRegistry registry;

  Meters(MeterRegistry registry) {
    this.registry = registry;
  }

  /** Counts these runs by phase and verdict whenever the metrics are read. */
  void countRuns(Supplier<Stream<LoadTestRun>> runs) {
    for (RunPhase phase : RunPhase.values()) {
      if (phase != RunPhase.Completed) {
        count(runs, phase, null);
      }
    }
    for (Verdict verdict : Verdict.values()) {
      count(runs, RunPhase.Completed, verdict);
    }
  }

  /** Runs it, and records how long it took. */
  <T> T timed(String kind, Supplier<T> reconciliation) {
    Timer.Sample sample = Timer.start(registry);
    String outcome = "error";
    try {
      T result = reconciliation.get();
      outcome = "success";
      return result;
    } finally {
      sample.stop(
          Timer.builder("squall.reconcile")
              .description("Duration of a reconciliation")
              .tags("kind", kind, "outcome", outcome)
              .publishPercentileHistogram(false)
              .register(registry));
    }
  }

  private void count(
      Supplier<Stream<LoadTestRun>> runs, RunPhase phase, @Nullable Verdict verdict) {
    Gauge.builder("squall.runs", () -> runs.get().filter(r -> is(r, phase, verdict)).count())
        .description("LoadTestRuns that are kept, by phase and verdict")
        .tags("phase", phase.name(), "verdict", verdict == null ? "none" : verdict.name())
        .register(registry);
  }

  private static boolean is(LoadTestRun run, RunPhase phase, @Nullable Verdict verdict) {
    LoadTestRunStatus status = run.getStatus();
    RunPhase is = status == null || status.phase() == null ? RunPhase.Pending : status.phase();
    return is == phase && (status == null ? null : status.verdict()) == verdict;
  }
}
