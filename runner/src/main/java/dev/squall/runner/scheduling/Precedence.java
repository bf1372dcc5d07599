package dev.squall.runner.scheduling;

import dev.squall.runner.scheduling.KernelScheduler.RefusedException;
import java.util.Optional;

/**
 * Lets an event loop run as soon as it has something to do, though the compiler, the collector and
 * the snapshots share its processor: what they hold it up stands in the times that it measures as
 * if the target had taken it.
 *
 * <p>An event loop asks for a short slice, and the kernel (EEVDF, since Linux 6.12) prefers a
 * thread that wakes up to one with a longer slice in mid-course. Shares of the processor stay what
 * they were, and no privilege is needed. Where it is refused all goes on without it. See
 * docs/adr/0007.
 */
public final class Precedence {
  /** The shortest slice that the kernel gives. */
  static final long SLICE_NANOS = 100_000;

  private Precedence() {}

  /**
   * Asks for a short slice for the calling thread.
   *
   * @return how it is scheduled now, in words for the log and the summary
   */
  public static String takeShortSlice() {
    try {
      Optional<KernelScheduler> machine = KernelScheduler.ofMachine();
      if (machine.isEmpty()) {
        return "kernel's default (not Linux)";
      }
      KernelScheduler scheduler = machine.get();
      ThreadPolicy before = scheduler.policy();
      if (!before.common()) {
        return "policy " + before.policy() + " as it was started";
      }
      scheduler.schedule(before.with(ThreadPolicy.OTHER, SLICE_NANOS));
      return words(scheduler.policy());
    } catch (RefusedException e) {
      return "kernel's default (" + e.getMessage() + ")";
    }
  }

  /** How an event loop's thread is scheduled that has asked for a short slice. */
  static String words(ThreadPolicy now) {
    return now.sliceNanos() == SLICE_NANOS
        ? "slice of " + SLICE_NANOS / 1000 + " µs"
        : "kernel's default (slices need Linux 6.12)";
  }
}
