package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.Capacity;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Sweep;
import dev.squall.runner.control.RunnerState.Trial;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.search.Decision;
import dev.squall.runner.search.ResponseTimes;
import dev.squall.runner.search.Search;
import dev.squall.runner.search.TrialResult;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The search that a test asks for, by trials. Used by the coordinator's thread.
 *
 * @param <R> its result
 */
final class SearchRun<R> {
  private static final double MICROS_PER_MILLI = 1000;

  private final TrialRuns<R> runs;
  private final SearchCurve curve;
  private final Function<R, SearchReport> report;

  private SearchRun(TrialRuns<R> runs, SearchCurve curve, Function<R, SearchReport> report) {
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
      SearchCurve curve = SearchCurve.of(capacity, measured.objectives());
      return Optional.of(
          run(
              SearchSpec.search(capacity, measured.objectives()),
              curve,
              found -> SearchReport.of(found, curve.of(), curve.percentile()),
              measured,
              pool,
              fault));
    }
    Sweep sweep = test.sweep();
    if (sweep != null) {
      return Optional.of(
          run(
              SearchSpec.search(sweep),
              SearchCurve.of(sweep),
              rows -> SearchReport.of(rows, sweep.percentile(), sweep.batchSizes() != null),
              measured,
              pool,
              fault));
    }
    return Optional.empty();
  }

  private static <T> SearchRun<T> run(
      Search<T> search,
      SearchCurve curve,
      Function<T, SearchReport> report,
      MeasuredSlices measured,
      RunnerPool pool,
      Supplier<String> fault) {
    return new SearchRun<>(new TrialRuns<>(search, measured, pool, fault), curve, report);
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
        curve.of(),
        curve.percentile(),
        curve.limitMillis(),
        trial.trial(),
        trial.level(),
        trial.confirms(),
        (int) Math.round(measured.seconds()),
        trial.mostSeconds(),
        measured.throughput(),
        times.count() == 0 ? null : times.percentile(curve.percentile()) / MICROS_PER_MILLI,
        over());
  }

  /** What the trials that have ended show. */
  SearchReport report() {
    return report.apply(runs.found());
  }
}
