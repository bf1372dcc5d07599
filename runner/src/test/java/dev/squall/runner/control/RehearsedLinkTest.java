package dev.squall.runner.control;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.results.Seconds;
import dev.squall.runner.vitals.Vital;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RehearsedLinkTest {
  private static final List<Snapshot> KNOWN =
      List.of(
          Seconds.of(1, 3).requests("predict", "POST", 10).cut(),
          Seconds.of(2, 3).requests("predict", "POST", 10, 20).last().cut());

  @TempDir private Path folder;

  private static RunnerSecond only(RunnerLink.Pull pull) throws IOException {
    assertThat(pull.encoded()).hasSize(1);
    return pull.seconds().getFirst();
  }

  @Test
  void whateverSecondIsAskedForIsThereNumberedAndNotTheLast() throws Exception {
    Lag lag = new Lag();
    lag.record(7_000);
    try (RehearsedLink link = new RehearsedLink(KNOWN, lag, folder)) {
      for (int k = 1; k <= 7; k++) {
        RunnerLink.Pull pull = link.pull(k, 1);
        assertThat(pull.state().intervals()).isEqualTo(k);
        RunnerSecond second = only(pull);
        assertThat(second.snapshot().interval()).isEqualTo(k);
        assertThat(second.snapshot().last()).isFalse();
        assertThat(second.snapshot().requests()).isEqualTo(KNOWN.get(k % 2).requests());
        assertThat(second.vitals().get(Vital.ELAPSED)).isPresent();
        assertThat(second.vitals().lag().maxNanos()).isEqualTo(7_000);
      }
      assertThat(only(link.pull(3, 1)).snapshot().interval()).isEqualTo(3);
    }
  }
}
