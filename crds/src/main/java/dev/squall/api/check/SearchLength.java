package dev.squall.api.check;

import dev.squall.api.v1alpha1.Capacity;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Sweep;
import java.time.Duration;
import java.util.Collection;
import java.util.Optional;
import java.util.stream.Stream;

/** How long a search takes at most: its trials, what is between them, and those tried again. */
final class SearchLength {
  private static final int MOST_TRIALS = 64;

  /** Between two trials the runners make their engines. */
  private static final Duration BETWEEN = Duration.ofSeconds(20);

  /**
   * How long a coordinator is away before the next one begins, on average: its Job waits 10 s
   * before the first, and twice as long before each further one.
   */
  private static final Duration AWAY = Duration.ofMinutes(2);

  private SearchLength() {}

  /** The longest that a search can take; empty if the spec has none. */
  static Optional<Duration> longest(LoadTestSpec spec) {
    Capacity capacity = spec.capacity();
    if (capacity != null) {
      return Optional.of(of(capacity, spec));
    }
    return Optional.ofNullable(spec.sweep()).map(sweep -> of(sweep, spec));
  }

  private static Duration of(Capacity capacity, LoadTestSpec spec) {
    // The last trial may begin right before the time is over.
    Duration longest =
        Stream.of(capacity.trial(), capacity.confirm(), capacity.confirmAtMost())
            .map(Durations::parse)
            .max(Duration::compareTo)
            .orElseThrow();
    Duration last = Durations.parse(capacity.settle()).plus(longest);
    return Durations.parse(capacity.atMost()).plus(last).plus(around(last, spec));
  }

  private static Duration of(Sweep sweep, LoadTestSpec spec) {
    int levels =
        Stream.of(
                Optional.ofNullable(sweep.users()),
                Optional.ofNullable(sweep.rates()),
                Optional.ofNullable(sweep.batchSizes()))
            .flatMap(Optional::stream)
            .mapToInt(Collection::size)
            .sum();
    Duration one =
        Durations.parse(sweep.window())
            .multipliedBy(sweep.windows())
            .plus(Durations.parse(sweep.settle()));
    return one.multipliedBy(levels).plus(around(one, spec));
  }

  /**
   * What the trials' own time does not count: at each one's end requests in flight may take their
   * graceful stop, and each coordinator that begins anew tries the one that is cut off once more.
   */
  private static Duration around(Duration trial, LoadTestSpec spec) {
    Duration grace =
        spec.loads().stream()
            .map(load -> Durations.parse(load.gracefulStop()))
            .max(Duration::compareTo)
            .orElse(Duration.ZERO);
    Duration between = grace.plus(BETWEEN);
    Duration again = trial.plus(between).plus(AWAY);
    return between
        .multipliedBy(MOST_TRIALS)
        .plus(again.multipliedBy(LoadLength.COORDINATOR_RESTARTS));
  }
}
