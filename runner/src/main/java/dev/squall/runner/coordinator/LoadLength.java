package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.results.Totals;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/** How long a load may last, and how long it did; pure. */
final class LoadLength {
  private static final double NANOS_PER_SECOND = 1e9;

  private LoadLength() {}

  /**
   * The longest that the loads can take, graceful stop included; empty if one of them only ends
   * with a number of requests.
   */
  static Optional<Duration> longest(LoadTestSpec test) {
    Duration longest = Duration.ZERO;
    for (Load load : test.loads()) {
      String duration = load.duration();
      if (duration == null) {
        return Optional.empty();
      }
      Duration whole = Durations.parse(duration).plus(Durations.parse(load.gracefulStop()));
      longest = whole.compareTo(longest) > 0 ? whole : longest;
    }
    return Optional.of(longest);
  }

  /**
   * From the start instant to the last answer on any runner, in seconds. If a runner was lost
   * nobody knows its last answer: then as far as there are merged seconds.
   */
  static double seconds(List<RunnerView> runners, Totals totals) {
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
