package dev.squall.runner.cli;

import dev.squall.api.wire.Plan;
import dev.squall.runner.control.RehearsedLink;
import dev.squall.runner.coordinator.RehearsedGathering;
import dev.squall.runner.rehearsal.Rehearsal.Rehearsed;
import dev.squall.runner.results.ResultFiles;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What is done once a second, done often before the load: else the compiler would reach one piece
 * of it after the other while the load runs, for minutes, each time on the event loops' CPUs.
 */
final class SecondsRehearsal {
  /** After so many calls the first compiler has taken a method, and the second its loops. */
  private static final int SECONDS = 400;

  private static final Duration MOST = Duration.ofSeconds(2);

  private static final Logger LOG = LoggerFactory.getLogger(SecondsRehearsal.class);

  private SecondsRehearsal() {}

  /**
   * A runner's part.
   *
   * @param work folder for its files, which are gone afterwards
   * @return how many seconds' work it was
   */
  static int ofRunner(Rehearsed rehearsed, Path work) throws IOException {
    long end = System.nanoTime() + MOST.toNanos();
    int second = 0;
    try (WorkFolder folder = WorkFolder.in(work);
        RehearsedLink runner = link(rehearsed, folder)) {
      while (second < SECONDS && System.nanoTime() < end) {
        var _ = runner.pull(++second, 1);
      }
    }
    return told(second);
  }

  /**
   * A runner's and a coordinator's part.
   *
   * @param work folder for their files, which are gone afterwards
   * @return how many seconds' work it was
   */
  static int ofRun(Plan plan, Rehearsed rehearsed, Path work)
      throws IOException, InterruptedException {
    long end = System.nanoTime() + MOST.toNanos();
    try (WorkFolder folder = WorkFolder.in(work);
        RehearsedLink runner = link(rehearsed, folder);
        ResultFiles files =
            new ResultFiles(folder.path(), plan.loadTest(), plan.test().results().fullHistory());
        RehearsedGathering coordinator = new RehearsedGathering(plan, runner, files)) {
      while (coordinator.seconds() < SECONDS && System.nanoTime() < end) {
        coordinator.second();
      }
      return told(coordinator.seconds());
    }
  }

  private static int told(int seconds) {
    LOG.info("rehearsed what is done once a second {} times", seconds);
    return seconds;
  }

  private static RehearsedLink link(Rehearsed rehearsed, WorkFolder folder) throws IOException {
    return new RehearsedLink(rehearsed.seconds(), rehearsed.lag(), folder.path());
  }
}
