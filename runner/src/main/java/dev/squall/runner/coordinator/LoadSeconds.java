package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState;
import dev.squall.runner.results.Totals;
import java.util.List;
import java.util.Objects;
import java.util.OptionalLong;

/** How long the load lasted; pure. */
final class LoadSeconds {
  private static final double NANOS_PER_SECOND = 1e9;

  private LoadSeconds() {}

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
