package dev.squall.api.check;

import dev.squall.api.v1alpha1.Arrivals;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Stage;
import dev.squall.api.v1alpha1.Users;
import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How long a test's loads take, as far as the spec says. */
public final class LoadLength {
  /** How often a run's coordinator may begin anew: its Job's back-off limit. */
  public static final int COORDINATOR_RESTARTS = 6;

  private LoadLength() {}

  /**
   * The longest that the loads can take from the start instant on, graceful stop included, and of a
   * search the trials that are tried again after the coordinator began anew; empty if one of them
   * ends by a number of requests, a log or MLPerf's rules alone, which take nobody knows how long.
   */
  public static Optional<Duration> longest(LoadTestSpec test) {
    Optional<Duration> search = SearchLength.longest(test);
    if (search.isPresent()) {
      return search;
    }
    Duration longest = Duration.ZERO;
    for (Load load : test.loads()) {
      Optional<Duration> end =
          duration(load)
              .map(d -> d.plus(Durations.parse(load.start())))
              .map(d -> d.plus(Durations.parse(load.gracefulStop())));
      if (end.isEmpty()) {
        return Optional.empty();
      }
      longest = end.get().compareTo(longest) > 0 ? end.get() : longest;
    }
    return Optional.of(longest);
  }

  /**
   * How long a load starts requests, from its own begin: its duration, else its stages together;
   * empty if neither bounds it.
   */
  public static Optional<Duration> duration(Load load) {
    String duration = load.duration();
    if (duration != null) {
      return Optional.of(Durations.parse(duration));
    }
    Users users = load.users();
    Arrivals arrivals = load.arrivals();
    List<Stage> stages =
        users != null ? users.stages() : arrivals != null ? arrivals.stages() : null;
    // With a number of iterations the last stage's rate goes on until they have come.
    return stages == null || load.iterations() != null
        ? Optional.empty()
        : Optional.of(
            stages.stream().map(StageCheck::length).reduce(Duration.ZERO, Duration::plus));
  }
}
