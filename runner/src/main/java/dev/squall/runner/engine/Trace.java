package dev.squall.runner.engine;

/**
 * Takes note of single requests, of which histograms keep no more than the times. Each event loop
 * has one, which it alone calls, on its hot path: a call must neither block nor allocate.
 */
public interface Trace {
  /** How a request ended. */
  enum Outcome {
    /** With an answer as expected. */
    EXPECTED(0),
    /** With another answer, or none. */
    FAILED(1),
    /** It was never sent. */
    UNSENT(2);

    private final int code;

    Outcome(int code) {
      this.code = code;
    }

    /** Its number in a file. */
    public int code() {
      return code;
    }
  }

  /** A request that is over; good during the call only. Instants are of {@link System#nanoTime}. */
  interface Request {
    /** Number of the load, from 0. */
    int load();

    /** Number of the series, from 0. */
    int series();

    /** Number of the user, or of the load's lane: {@code X-Squall-User}. */
    long user();

    /** Number of the iteration, or of the arrival: {@code X-Squall-Iteration}. */
    long iteration();

    /** Number of the step, from 0: {@code X-Squall-Step}. */
    int step();

    /** When it should have been sent. */
    long intendedNanos();

    /** When it was sent; says nothing of one that was not. */
    long sentNanos();

    /** How much of intended to sent is the target's doing. */
    long queueingNanos();
  }

  /**
   * A request is over.
   *
   * @param doneNanos when the last byte was read, or the failure seen
   */
  void over(Request request, long doneNanos, Outcome outcome);
}
