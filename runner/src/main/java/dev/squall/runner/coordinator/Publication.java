package dev.squall.runner.coordinator;

import dev.squall.runner.recording.GiveWay;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.ResultSink;
import dev.squall.runner.results.Totals;
import java.io.IOException;
import java.time.Instant;
import java.util.function.Consumer;

/**
 * What others see of a run while it goes: each merged second for the live page, the metrics, the
 * result files and the search, and how the runners stand. Used by the coordinator's thread.
 */
final class Publication {
  private final RunnerPool pool;
  private final Clocks clocks;
  private final RunProgress progress;
  private final ResultSink files;
  private final Consumer<Snapshot> search;

  /**
   * A publication.
   *
   * @param search takes each second once everything else has it
   */
  Publication(
      RunnerPool pool,
      Clocks clocks,
      RunProgress progress,
      ResultSink files,
      Consumer<Snapshot> search) {
    this.pool = pool;
    this.clocks = clocks;
    this.progress = progress;
    this.files = files;
    this.search = search;
  }

  /** The load starts, or did. */
  void started(Instant instant) throws IOException {
    progress.started(instant);
    files.begin(instant, progress.totals(), progress.recent());
  }

  /** The load will not start. */
  void notStarted(Instant now) throws IOException {
    files.begin(now, progress.totals(), progress.recent());
  }

  /** The seconds that are complete by now. */
  void seconds() throws IOException {
    for (Snapshot second : pool.merge().drain()) {
      pool.runners().forEach(runner -> runner.merged(second.interval()));
      progress.add(second);
      GiveWay.ifDue();
      files.interval(second, progress.totals(), progress.recent());
      GiveWay.ifDue();
      search.accept(second);
    }
  }

  /** How the runners stand. */
  void runners() {
    progress.runners(
        RunnersOverview.status(pool.runners(), pool.merge(), clocks.skew()),
        RunnersOverview.datasets(pool.runners()),
        HealthReport.of(pool.runners(), clocks.report(), typicalMicros(progress.totals())));
  }

  /** The run's median response time, by which a runner's lag is measured. */
  static long typicalMicros(Totals totals) {
    return totals.whole().responseTime().percentileMicros(50);
  }
}
