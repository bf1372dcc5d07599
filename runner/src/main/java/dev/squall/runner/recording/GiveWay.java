package dev.squall.runner.recording;

/**
 * What is done once a second is done in pieces, between which an event loop on the same CPU gets
 * it. A thread that wakes up mostly waits for the end of the running one's slice, milliseconds;
 * meanwhile an answer that has come waits to be read, and its service time grows. See ADR 7. Any
 * thread may call it but an event loop's.
 */
public final class GiveWay {
  private static final long PIECE_NANOS = 20_000;

  /** Of all threads: two that race for it give way a little too often, or once too late. */
  private static long since;

  private GiveWay() {}

  /** To be called every few microseconds of such work: the CPU is given up once a piece is over. */
  @SuppressWarnings("ThreadPriorityCheck") // Nothing but delay depends on it.
  public static void ifDue() {
    long now = System.nanoTime();
    if (now - since >= PIECE_NANOS) {
      Thread.yield();
      since = System.nanoTime();
    }
  }
}
