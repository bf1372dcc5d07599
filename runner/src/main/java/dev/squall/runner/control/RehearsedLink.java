package dev.squall.runner.control;

import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.vitals.Machine;
import dev.squall.runner.vitals.VitalsMeter;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * The line to a runner that only rehearses what it does once a second: asked for a second, it has
 * it. It measures itself, encodes and keeps each as in a load, but what happened in them is what
 * happened in a few that are known, over and over. For one thread.
 */
public final class RehearsedLink implements RunnerLink, AutoCloseable {
  private static final StartOrder STARTED = new StartOrder(0, 0);

  private final List<Snapshot> known;
  private final Lag lag;
  private final KeptSeconds kept;
  private final VitalsMeter meter = new VitalsMeter(SnapshotCutter.LOOP_THREADS);
  private final Machine machine = Machine.here();

  /**
   * A runner that measures itself from now on.
   *
   * @param known what happened in its seconds; nothing did if there is none
   * @param lag how late its event loops were in each
   * @param workDir where it keeps them
   */
  public RehearsedLink(List<Snapshot> known, Lag lag, Path workDir) throws IOException {
    this.known = known.isEmpty() ? List.of(Snapshot.nothing(1)) : List.copyOf(known);
    this.lag = lag;
    this.kept = new KeptSeconds(workDir);
  }

  @Override
  public String name() {
    return "rehearsal";
  }

  @Override
  public long clock() {
    return System.nanoTime();
  }

  @Override
  public void start(StartOrder order) {
    // It runs.
  }

  @Override
  public void stop(boolean now) {
    // It ends when nobody asks for more.
  }

  @Override
  public void endTrial(int number) {
    // It has none.
  }

  @Override
  public Pull pull(int fromInterval, int most) throws IOException {
    for (int next = kept.newest() + 1; next <= fromInterval; next++) {
      Snapshot snapshot = known.get(next % known.size()).as(next);
      kept.add(new RunnerSecond(snapshot, meter.next(lag)));
    }
    int newest = kept.newest();
    RunnerState state =
        new RunnerState(Phase.Running, null, STARTED, newest, 0, null, List.of(), machine);
    return new Pull(state, Frames.contents(kept.framesFrom(fromInterval, most, newest)));
  }

  @Override
  public void stored() {
    // Nobody waits for it.
  }

  @Override
  public void close() throws IOException {
    meter.close();
    kept.close();
  }
}
