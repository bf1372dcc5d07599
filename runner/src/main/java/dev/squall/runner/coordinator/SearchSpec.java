package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Capacity;
import dev.squall.api.v1alpha1.LevelRange;
import dev.squall.api.v1alpha1.Sweep;
import dev.squall.runner.search.CapacityGoal;
import dev.squall.runner.search.Objective;
import dev.squall.runner.search.SteadyState;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The search that {@code spec.capacity} or {@code spec.sweep} describes; pure. */
final class SearchSpec {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double LEAST_TRIAL_SECONDS = 10;

  /** How many windows in a row must agree, of a sweep's level. */
  private static final int AGREEING = 3;

  private SearchSpec() {}

  /** Of {@code spec.capacity}. */
  static dev.squall.runner.search.Capacity search(Capacity capacity, List<Objective> objectives) {
    LevelRange users = capacity.users();
    LevelRange range = users != null ? users : capacity.rate();
    if (range == null) {
      throw new IllegalArgumentException(
          "spec.capacity has neither users nor rate; the schema refuses that");
    }
    double trial = seconds(capacity.trial());
    double confirm = seconds(capacity.confirm());
    return new dev.squall.runner.search.Capacity(
        new CapacityGoal(
            users != null,
            range.from(),
            range.from(),
            range.to(),
            capacity.precision(),
            objectives,
            new CapacityGoal.Effort(
                seconds(capacity.settle()),
                Math.min(LEAST_TRIAL_SECONDS, trial),
                trial,
                Math.max(confirm, Math.min(LEAST_TRIAL_SECONDS, trial)),
                Math.max(confirm, seconds(capacity.confirmAtMost())),
                seconds(capacity.atMost()))));
  }

  /** Of {@code spec.sweep}. */
  static dev.squall.runner.search.Sweep search(Sweep sweep) {
    return new dev.squall.runner.search.Sweep(
        levels(sweep),
        seconds(sweep.settle()),
        seconds(sweep.window()),
        new SteadyState.Criteria(sweep.percentile(), sweep.tolerance(), AGREEING, sweep.windows()));
  }

  private static List<Double> levels(Sweep sweep) {
    List<Double> rates = sweep.rates();
    return rates != null
        ? rates
        : Stream.of(Optional.ofNullable(sweep.users()), Optional.ofNullable(sweep.batchSizes()))
            .flatMap(Optional::stream)
            .flatMap(List::stream)
            .map(Integer::doubleValue)
            .toList();
  }

  private static double seconds(String duration) {
    return Durations.parse(duration).toNanos() / NANOS_PER_SECOND;
  }
}
