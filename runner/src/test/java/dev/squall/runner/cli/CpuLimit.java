package dev.squall.runner.cli;

import static org.junit.jupiter.api.Assumptions.abort;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A control group with a CPU limit, of version 1 or 2, as a container runtime makes it. */
final class CpuLimit implements AutoCloseable {
  private static final Path ROOT = Path.of("/sys/fs/cgroup");
  private static final long PERIOD_MICROS = 100_000;

  private final Path folder;

  private CpuLimit(Path folder) {
    this.folder = folder;
  }

  /** Makes one; a test on a machine that does not let it is not run, and says why. */
  static CpuLimit of(long milliCpus) {
    String name = "squall-test-" + ProcessHandle.current().pid() + "-" + System.nanoTime();
    boolean first = Files.exists(ROOT.resolve("cpu/cpu.cfs_quota_us"));
    CpuLimit limit = new CpuLimit(ROOT.resolve(first ? "cpu" : "").resolve(name));
    long quota = milliCpus * PERIOD_MICROS / 1000;
    try {
      Files.createDirectory(limit.folder);
      if (first) {
        Files.writeString(limit.folder.resolve("cpu.cfs_period_us"), "" + PERIOD_MICROS);
        Files.writeString(limit.folder.resolve("cpu.cfs_quota_us"), "" + quota);
      } else {
        Files.writeString(limit.folder.resolve("cpu.max"), quota + " " + PERIOD_MICROS);
      }
      return limit;
    } catch (IOException e) {
      limit.close();
      return abort(
          "this test makes a control group with a CPU limit, which takes root and a cgroup file"
              + " system that may be written to: "
              + e);
    }
  }

  /** What a command line begins with so that its program is in the group. */
  List<String> command() {
    return List.of(
        "sh", "-c", "echo $$ > " + folder.resolve("cgroup.procs") + " && exec \"$@\"", "sh");
  }

  /** Removes the group, once its processes have ended. */
  @Override
  public void close() {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (Files.exists(folder) && System.nanoTime() < deadline) {
      try {
        Files.delete(folder);
      } catch (IOException e) {
        // Busy while a process of it is being ended.
        Thread.onSpinWait();
      }
    }
  }
}
