package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.check.LoadLength;
import dev.squall.api.v1alpha1.Load;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.results.Totals;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** How long the load lasted, and each part of it; pure. */
final class LoadSeconds {
  private static final double NANOS_PER_SECOND = 1e9;

  private LoadSeconds() {}

  /**
   * How long one load lasted, in seconds: from its own start to the end of its duration, or of its
   * last second with a request where it ended earlier or its answers came later.
   *
   * @param wholeSeconds how long all of them lasted
   */
  static double of(Load load, Totals totals, double wholeSeconds) {
    double start = seconds(Durations.parse(load.start()));
    double last = totals.lastSecond(load.name());
    double end =
        LoadLength.duration(load)
            .map(duration -> start + seconds(duration))
            .filter(due -> Math.abs(due - last) <= 1)
            .orElse(last);
    return Math.max(0, Math.min(end, wholeSeconds) - start);
  }

  private static double seconds(Duration duration) {
    return duration.toNanos() / NANOS_PER_SECOND;
  }

  /**
   * From the start instant to the last answer on any runner, in seconds. If a runner was lost
   * nobody knows its last answer: then as far as there are merged seconds.
   */
  static double measured(List<RunnerView> runners, Totals totals) {
    OptionalLong measured =
        runners.stream()
            .flatMap(r -> r.state().stream())
            .map(RunnerState::loadNanos)
            .filter(Objects::nonNull)
            .mapToLong(Long::longValue)
            .max();
    boolean lost = runners.stream().anyMatch(r -> r.lost().isPresent());
    return measured.isEmpty() || lost
        ? totals.intervals()
        : measured.getAsLong() / NANOS_PER_SECOND;
  }
}
