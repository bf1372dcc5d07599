package dev.squall.runner.engine;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.IntSupplier;

/** Memory that the first event loop allocates, by the JVM's own counter. */
final class LoopAllocation {
  private static final int COUNTED = 5_000;
  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

  private LoopAllocation() {}

  /**
   * Bytes for each of the next requests, of an engine with one event loop.
   *
   * @param served requests that the target has answered so far
   */
  static double bytesPerRequest(IntSupplier served) {
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
