package dev.squall.runner.coordinator;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.control.RehearsedLink;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.ResultFiles;
import dev.squall.runner.results.Seconds;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsedGatheringTest {
  @TempDir private Path folder;

  @Test
  void eachSecondIsTakenMergedAndWrittenAsInALoad() throws Exception {
    List<Snapshot> known = List.of(Seconds.of(1, 3).requests("predict", "POST", 10, 20).cut());
    try (RehearsedLink link = new RehearsedLink(known, new Lag(), folder);
        ResultFiles files = new ResultFiles(folder, "checkout", false);
        RehearsedGathering coordinator =
            new RehearsedGathering(Plans.plan(1, "http://target", ""), link, files)) {
      while (coordinator.seconds() < 9) {
        coordinator.second();
      }
    }
    // A header, the start, and a row for each second.
    assertThat(Files.readAllLines(folder.resolve("checkout_stats_history.csv"))).hasSize(2 + 9);
  }
}
