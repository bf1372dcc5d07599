package dev.squall.runner.recording;

import java.util.function.LongSupplier;

/**
 * What is done once a second is done in pieces, between which an event loop on the same CPU gets
 * it. A thread that wakes up mostly waits for the end of the running one's slice, milliseconds;
 * meanwhile an answer that has come waits to be read, and its service time grows. See ADR 7. Any
 * thread may call it but an event loop's.
 */
public final class GiveWay {
  static final long PIECE_NANOS = 20_000;

  /** Of all threads: two that race for it give way a little too often, or once too late. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but delay depends on it.
  private static final GiveWay ALL = new GiveWay(System::nanoTime, Thread::yield);

  private final LongSupplier nanoTime;
  private final Runnable giveUp;
  private long since;

  /**
   * A piece that begins now.
   *
   * @param giveUp gives the CPU up; returns when it is given back
   */
  GiveWay(LongSupplier nanoTime, Runnable giveUp) {
    this.nanoTime = nanoTime;
    this.giveUp = giveUp;
    this.since = nanoTime.getAsLong();
  }

  /** To be called every few microseconds of such work: the CPU is given up once a piece is over. */
  public static void ifDue() {
    ALL.look();
  }

  void look() {
    if (nanoTime.getAsLong() - since >= PIECE_NANOS) {
      giveUp.run();
      since = nanoTime.getAsLong();
    }
  }
}
