package dev.squall.runner.vitals;

import java.util.OptionalDouble;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * What a runner runs on, as far as it does not change.
 *
 * @param processors CPUs that the process may run on: the machine's, or those of its cpuset
 * @param limitMilliCpus the cgroup's CPU limit in thousandths of a CPU, null if there is none
 * @param clockSource where the kernel takes its time from, null if it does not tell
 */
public record Machine(int processors, @Nullable Long limitMilliCpus, @Nullable String clockSource) {
  private static final int MANY = 4;
  private static final double MILLI = 1000;

  /** Those that cost a system call, or worse, for each look at the time. */
  private static final Set<String> SLOW = Set.of("hpet", "acpi_pm", "jiffies", "refined-jiffies");

  /** The machine that this process runs on. */
  public static Machine here() {
    return of(KernelFiles.ofMachine(), Runtime.getRuntime().availableProcessors());
  }

  static Machine of(KernelFiles files, int processors) {
    OptionalDouble limit = CpuCgroup.of(files).limitCpus();
    return new Machine(
        processors,
        limit.isPresent() ? Math.round(limit.getAsDouble() * MILLI) : null,
        files
            .text("sys/devices/system/clocksource/clocksource0/current_clocksource")
            .map(String::strip)
            .orElse(null));
  }

  /**
   * How many event loops make the most of it: one for each whole CPU, since a loop that shares a
   * CPU waits for it; from four CPUs on one is left to the compiler and the collector, which below
   * that make do with what the loops leave.
   */
  public int eventLoops() {
    long whole = limitMilliCpus == null ? processors : limitMilliCpus / (long) MILLI;
    int cpus = (int) Math.max(1, Math.min(processors, whole));
    return cpus < MANY ? cpus : cpus - 1;
  }

  /** Whether each look at the clock is slow. */
  public boolean slowClock() {
    return clockSource != null && SLOW.contains(clockSource);
  }
}
