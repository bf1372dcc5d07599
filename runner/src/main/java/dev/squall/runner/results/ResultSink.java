package dev.squall.runner.results;

import dev.squall.runner.recording.Snapshot;
import java.io.IOException;
import java.time.Instant;
import java.util.List;

/** Takes a run's results as they come. Used by one thread. */
public interface ResultSink {
  /** The load starts; what an earlier coordinator of this run left is begun anew. */
  void begin(Instant start, Totals totals, Recent recent) throws IOException;

  /** The next second, which the sums hold already. */
  void interval(Snapshot interval, Totals totals, Recent recent) throws IOException;

  /** The run has ended. */
  void end(Totals totals, double loadSeconds, List<RunnerFault> faults) throws IOException;
}
