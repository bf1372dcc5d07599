package dev.squall.runner.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;

/** Memory that the first event loop allocates, by the JVM's own counter. */
final class LoopAllocation {
  private static final int COUNTED = 5_000;
  private static final int WINDOWS = 15;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private LoopAllocation() {}

  /**
   * Bytes for each request, of an engine with one event loop: of a few thousand requests, the least
   * of several such windows, until one is below a bound. For a window may have what does not come
   * again: code that is compiled meanwhile, and a histogram that grows, since a time came that was
   * longer than any before (to 80 KiB, at half a second).
   *
   * @param served requests that the target has answered so far
   * @param most the bound
   */
  static double bytesPerRequest(IntSupplier served, double most) {
    double least = Double.MAX_VALUE;
    for (int window = 0; window < WINDOWS && least >= most; window++) {
      least = Math.min(least, window(served));
    }
    return least;
  }

  private static double window(IntSupplier served) {
    Thread loop =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("squall-load-0"))
            .findFirst()
            .orElseThrow();
    int from = served.getAsInt();
    long before = THREADS.getThreadAllocatedBytes(loop.threadId());
    LifeIT.await(() -> served.getAsInt() > from + COUNTED);
    long allocated = THREADS.getThreadAllocatedBytes(loop.threadId()) - before;
    return (double) allocated / (served.getAsInt() - from);
  }
}
