package dev.squall.runner.coordinator;

import dev.squall.api.wire.Plan;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.results.ResultSink;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/**
 * What a coordinator does once a second, rehearsed: it takes a runner's seconds as fast as the
 * runner has them, and nobody sees what comes of it.
 */
public final class RehearsedGathering implements AutoCloseable {
  private final RunProgress progress;
  private final RunnerPool pool;
  private final Publication publication;

  /**
   * Gathers from a runner that always has a next second.
   *
   * @param files where the seconds are written
   */
  public RehearsedGathering(Plan plan, RunnerLink runner, ResultSink files) throws IOException {
    RunClock clock = RunClock.system();
    progress = new RunProgress(plan);
    pool = new RunnerPool(List.of(runner), clock);
    publication = new Publication(pool, new Clocks(pool, clock), progress, files, second -> {});
    publication.started(Instant.now());
  }

  /** Takes the next second. */
  public void second() throws IOException, InterruptedException {
    pool.pull();
    publication.seconds();
    pool.loseSilent();
    publication.runners();
    var _ = progress.summary();
  }

  /** How many seconds it has. */
  public int seconds() {
    return progress.totals().intervals();
  }

  @Override
  public void close() {
    pool.close();
  }
}
