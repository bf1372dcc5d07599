package dev.squall.runner.coordinator;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.Capacity;
import dev.squall.api.v1alpha1.LevelRange;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Sweep;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.search.CapacityGoal;
import dev.squall.runner.search.Decision;
import dev.squall.runner.search.Objective;
import dev.squall.runner.search.ResponseTimes;
import dev.squall.runner.search.Search;
import dev.squall.runner.search.SteadyState;
import dev.squall.runner.search.TrialResult;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The search that a test asks for, by trials. Used by the coordinator's thread.
 *
 * @param <R> its result
 */
final class SearchRun<R> {
  private static final double NANOS_PER_SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final double MICROS_PER_MILLI = 1000;
  private static final double DEFAULT_PERCENTILE = 95;
  private static final double LEAST_TRIAL_SECONDS = 10;

  private final TrialRuns<R> runs;
  private final Curve curve;
  private final Function<R, SearchReport> report;

  /**
   * What a search's curve is of.
   *
   * @param of {@code users}, {@code rate} or {@code records a request}
   * @param percentile of the response times
   * @param limitMillis what a threshold allows that percentile, in ms; null where none does
   */
  private record Curve(String of, double percentile, @Nullable Double limitMillis) {}

  private SearchRun(TrialRuns<R> runs, Curve curve, Function<R, SearchReport> report) {
    this.runs = runs;
    this.curve = curve;
    this.report = report;
  }

  /**
   * The search of a test; empty if it has none.
   *
   * @param fault why the runners, not the target, spoil what is measured now; empty if they do not
   */
  static Optional<SearchRun<?>> of(LoadTestSpec test, RunnerPool pool, Supplier<String> fault) {
    MeasuredSlices measured = new MeasuredSlices(test);
    Capacity capacity = test.capacity();
    if (capacity != null) {
      CapacityGoal goal = goal(capacity, measured.objectives());
      Curve curve = curve(goal.whole(), measured.objectives());
      return Optional.of(
          run(
              new dev.squall.runner.search.Capacity(goal),
              curve,
              found -> SearchReport.of(found, curve.of, curve.percentile),
              measured,
              pool,
              fault));
    }
    Sweep sweep = test.sweep();
    if (sweep != null) {
      double percentile = sweep.percentile();
      return Optional.of(
          run(
              new dev.squall.runner.search.Sweep(
                  levels(sweep),
                  seconds(sweep.settle()),
                  seconds(sweep.window()),
                  new SteadyState.Criteria(percentile, sweep.tolerance(), 3, sweep.windows())),
              new Curve(of(sweep), percentile, null),
              rows -> SearchReport.of(rows, percentile, sweep.batchSizes() != null),
              measured,
              pool,
              fault));
    }
    return Optional.empty();
  }

  private static <T> SearchRun<T> run(
      Search<T> search,
      Curve curve,
      Function<T, SearchReport> report,
      MeasuredSlices measured,
      RunnerPool pool,
      Supplier<String> fault) {
    return new SearchRun<>(new TrialRuns<>(search, measured, pool, fault), curve, report);
  }

  private static CapacityGoal goal(Capacity capacity, List<Objective> objectives) {
    LevelRange users = capacity.users();
    LevelRange rate = capacity.rate();
    LevelRange range = users != null ? users : rate;
    if (range == null) {
      throw new IllegalArgumentException(
          "spec.capacity has neither users nor rate; the schema refuses that");
    }
    double trial = seconds(capacity.trial());
    double confirm = seconds(capacity.confirm());
    return new CapacityGoal(
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
            seconds(capacity.atMost())));
  }

  private static Curve curve(boolean users, List<Objective> objectives) {
    Optional<Objective.ResponseTime> first =
        objectives.stream()
            .filter(Objective.ResponseTime.class::isInstance)
            .map(Objective.ResponseTime.class::cast)
            .findFirst();
    return new Curve(
        users ? "users" : "rate",
        first.map(Objective.ResponseTime::percentile).orElse(DEFAULT_PERCENTILE),
        first.map(time -> time.belowMicros() / MICROS_PER_MILLI).orElse(null));
  }

  private static String of(Sweep sweep) {
    return sweep.batchSizes() != null
        ? "records a request"
        : sweep.users() != null ? "users" : "rate";
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

  /** The trial that runs, or is to run first. */
  Trial trial() {
    return runs.trial();
  }

  /** Takes the next merged second. */
  void add(Snapshot second) {
    runs.add(second);
  }

  /**
   * Ends what is to end; once every runner waits for it, says which trial is to start.
   *
   * @param sinceStart seconds since the start instant
   */
  Optional<Trial> next(double sinceStart) {
    return runs.next(sinceStart);
  }

  /** Goes on where a coordinator before this one was: with a trial that the runners were told. */
  void resume(Trial underWay) {
    runs.resume(underWay);
  }

  boolean over() {
    return runs.over();
  }

  /** Why the search cannot go on; empty if it can. */
  Optional<Judgement> problem() {
    return runs.problem();
  }

  /** Where it stands. */
  SearchNow now() {
    Decision.RunTrial<R> trial = runs.running();
    TrialResult measured = runs.measuredNow();
    ResponseTimes times = measured.responseTimes();
    return new SearchNow(
        curve.of,
        curve.percentile,
        curve.limitMillis,
        trial.trial(),
        trial.level(),
        trial.confirms(),
        (int) Math.round(measured.seconds()),
        trial.mostSeconds(),
        measured.throughput(),
        times.count() == 0 ? null : times.percentile(curve.percentile) / MICROS_PER_MILLI,
        over());
  }

  /** What the trials that have ended show. */
  SearchReport report() {
    return report.apply(runs.found());
  }
}
