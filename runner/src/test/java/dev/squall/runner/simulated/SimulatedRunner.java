package dev.squall.runner.simulated;

import dev.squall.runner.control.Json;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.vitals.Machine;
import io.netty.buffer.ByteBuf;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** One of them: where it stands, and what it answers. Used by one thread. */
final class SimulatedRunner {
  private static final long SECOND = TimeUnit.SECONDS.toNanos(1);
  private static final int MOST_FRAMES = 60;

  private final int index;
  private final int seconds;
  private final List<SecondFrame> frames;
  private @Nullable StartOrder order;

  /**
   * One that is ready.
   *
   * @param seconds how long its load lasts
   * @param frames every distinct second, by number
   */
  SimulatedRunner(int index, int seconds, List<SecondFrame> frames) {
    this.index = index;
    this.seconds = seconds;
    this.frames = frames;
  }

  void start(StartOrder wanted) {
    order = wanted;
  }

  boolean started() {
    return order != null;
  }

  /** The answer to a pull: the state's frame, then the seconds' from one on. */
  void write(int from, int most, ByteBuf out) {
    StartOrder told = order;
    long elapsed = told == null ? 0 : Math.max(0, System.nanoTime() - told.nanos()) / SECOND;
    int cut = (int) Math.min(elapsed, seconds);
    boolean ended = cut == seconds;
    byte[] state =
        Json.bytes(
            new RunnerState(
                told == null ? Phase.Ready : ended ? Phase.Ended : Phase.Running,
                null,
                told,
                cut,
                ended ? 0 : 10,
                ended ? seconds * SECOND : null,
                List.of(),
                new Machine(2, null, "tsc")));
    out.writeInt(state.length);
    out.writeBytes(state);
    int last = Math.min(cut, from - 1 + Math.min(most, MOST_FRAMES));
    for (int k = from; k <= last; k++) {
      int number = SimulatedSecond.number(index, k, frames.size());
      frames.get(number).write(k, k == seconds, out);
    }
  }
}
