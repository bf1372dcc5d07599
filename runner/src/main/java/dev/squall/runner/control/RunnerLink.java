package dev.squall.runner.control;

import dev.squall.runner.control.RunnerState.StartOrder;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * A coordinator's line to one runner, in another pod or in the same JVM. Every call counts as a
 * sign of life of the coordinator, blocks for a few seconds at most, and throws an IOException if
 * the runner did not answer or refused; all may be repeated. Thread-safe.
 */
public interface RunnerLink {
  /** Name of the runner in messages, such as {@code runner-0}. */
  String name();

  /** The runner's monotonic clock now, in ns. */
  long clock() throws IOException;

  /**
   * Names the start instant. The same one again is fine.
   *
   * @throws RunnerRefusedException if the runner has another one already or is not ready
   */
  void start(StartOrder order) throws IOException;

  /**
   * Ends the load.
   *
   * @param now whether requests in flight are cut off too, rather than given the graceful stop
   */
  void stop(boolean now) throws IOException;

  /**
   * Ends a trial of a search, gracefully, unless it has ended; the runner then waits for another.
   */
  void endTrial(int number) throws IOException;

  /**
   * The runner's state and its seconds from an interval on, as many as fit one answer.
   *
   * @param most how many seconds are wanted at most
   */
  Pull pull(int fromInterval, int most) throws IOException;

  /** Says that the results are stored: the runner may forget everything and end. */
  void stored() throws IOException;

  /**
   * An answer to {@link #pull}. The seconds are as they came: decoded they are ten times as large,
   * and a coordinator of many runners holds many answers, but reads one second at a time.
   *
   * @param state the runner's state
   * @param encoded consecutive intervals as {@link RunnerSecond#encode} writes them, the first of
   *     them the one asked for; empty if there is none yet
   */
  record Pull(RunnerState state, List<byte[]> encoded) {
    /** Copies the list. */
    public Pull {
      encoded = List.copyOf(encoded);
    }

    /**
     * Gives out the seconds in order, each decoded when its turn comes.
     *
     * @throws IOException if one of them is none
     */
    public void each(Consumer<RunnerSecond> taker) throws IOException {
      for (byte[] one : encoded) {
        RunnerSecond second;
        try {
          second = RunnerSecond.decode(one);
        } catch (IllegalArgumentException e) {
          throw new IOException("an answer holds what is no second: " + e.getMessage(), e);
        }
        taker.accept(second);
      }
    }

    /** All seconds, decoded. */
    public List<RunnerSecond> seconds() throws IOException {
      List<RunnerSecond> all = new ArrayList<>();
      each(all::add);
      return all;
    }
  }
}
