package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.RunnersStatus;
import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.RunValidity;
import dev.squall.api.wire.Summary;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.api.wire.Summary.Stored;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Recent;
import dev.squall.runner.results.Totals;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.BiFunction;
import org.jspecify.annotations.Nullable;

/**
 * The merged result as far as it has come. Thread-safe: the coordinator's thread writes, HTTP
 * answers read.
 */
public final class RunProgress {
  private final Plan plan;
  private final Totals totals = new Totals();
  private final Recent recent = new Recent();
  private final List<LivePoint> points = new ArrayList<>();

  private RunStanding standing = RunStanding.begun();
  private List<ThresholdResult> thresholds = List.of();
  private RunnersStatus runners;
  private Stored stored = new Stored(Stored.State.Pending, "the run has not ended");
  private List<StoredFile> files = List.of();
  private List<DatasetDigest> datasets = List.of();
  private @Nullable CapacityStatus capacity;
  private List<LevelResult> sweep = List.of();
  private @Nullable SearchNow searchNow;
  private RunValidity validity = RunValidity.none();

  /** Nothing has happened yet. */
  public RunProgress(Plan plan) {
    this.plan = plan;
    this.runners = new RunnersStatus(plan.runners(), 0, 0, 0, null, null);
  }

  /** The plan of the run. */
  public Plan plan() {
    return plan;
  }

  /** What is waited for before the start. */
  synchronized void waiting(String why, String sentence) {
    standing = standing.waiting(why, sentence);
  }

  /** The load starts, or did under an earlier coordinator. */
  synchronized void started(Instant at) {
    standing = standing.started(at);
  }

  /** The next second, merged. */
  synchronized void add(Snapshot interval) {
    totals.add(interval);
    recent.add(interval);
    points.add(LivePoint.of(totals, recent));
  }

  synchronized void runners(
      RunnersStatus status, List<DatasetDigest> digests, RunValidity measured) {
    runners = status;
    validity = measured;
    datasets = List.copyOf(digests);
  }

  /** What a search has found so far, and where it stands. */
  synchronized void searched(SearchReport report, SearchNow now) {
    capacity = report.capacity();
    sweep = report.sweep();
    searchNow = now;
  }

  /** Where the run's search stands; empty without one. */
  public synchronized Optional<SearchNow> searchNow() {
    return Optional.ofNullable(searchNow);
  }

  /** The load has ended. */
  synchronized void loadEnded(double seconds) {
    standing = standing.loadEnded(seconds);
  }

  /** The verdict stands. */
  synchronized void judged(Judgement what, List<ThresholdResult> results, Instant at) {
    standing = standing.judged(what, at);
    thresholds = List.copyOf(results);
  }

  /** How storing stands. */
  synchronized void stored(Stored state, List<StoredFile> list) {
    stored = state;
    files = List.copyOf(list);
  }

  /** Nothing changes any more. */
  public synchronized void completed() {
    standing = standing.done();
  }

  synchronized RunPhase phase() {
    return standing.phase();
  }

  /** Asks the sums, which stand still meanwhile. */
  synchronized <T> T read(BiFunction<Totals, Recent, T> question) {
    return question.apply(totals, recent);
  }

  /** What the runners measured of themselves. */
  synchronized RunValidity validity() {
    return validity;
  }

  /** The sums, for the thread that adds to them. */
  Totals totals() {
    return totals;
  }

  /** The last seconds, for the thread that adds to them. */
  Recent recent() {
    return recent;
  }

  /** The points of the live charts after a second. */
  public synchronized List<LivePoint> pointsAfter(int second) {
    return LivePoint.after(second, points);
  }

  /** The load's length in seconds: as measured once it has ended, else as far as it was merged. */
  synchronized double loadSeconds() {
    return standing.loadSeconds().orElse(totals.intervals());
  }

  /** The summary as it will stand when everything is done, for its file. */
  synchronized Summary completedSummary() {
    return summary(standing.done());
  }

  /** What {@code GET /v1/summary} answers. */
  public synchronized Summary summary() {
    return summary(standing);
  }

  private Summary summary(RunStanding now) {
    Figures figures = new Figures(plan.test(), totals, loadSeconds());
    SeriesSnapshot whole = totals.whole();
    return new Summary(
        plan.run(),
        now.phase(),
        now.verdict(),
        now.reason(),
        now.message(),
        now.startTime(),
        now.completionTime(),
        LoadModel.of(plan.test()),
        now.phase() == RunPhase.Running ? totals.users() : totals.peakUsers(),
        figures.offered(),
        whole.requests(),
        whole.failures(),
        figures.dropped(),
        totals.interrupted(),
        figures.milliPerSecond(whole.requests()),
        Figures.times(whole.responseTime()),
        Figures.times(whole.serviceTime()),
        Figures.times(whole.queueing()),
        Figures.times(totals.lateness()),
        figures.loads(),
        figures.warmUp(),
        figures.coldStart(),
        figures.connections(),
        totals.series().stream().map(figures::task).toList(),
        figures.failureReasons(),
        thresholds,
        capacity,
        sweep,
        runners,
        stored,
        files,
        datasets,
        validity);
  }
}
