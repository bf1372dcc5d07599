package dev.squall.runner.vitals;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * This process's control groups for CPU, from its own up to the highest that it can see: their
 * limit and how often they were stopped by it. Version 1 and 2; see the kernel's {@code
 * Documentation/scheduler/sched-bwc.rst}.
 *
 * @param files the kernel's files
 * @param folders the groups' folders, its own first; empty if there is none
 * @param second whether they are of version 2
 */
record CpuCgroup(KernelFiles files, List<String> folders, boolean second) {
  private static final double NO_LIMIT = Double.POSITIVE_INFINITY;

  /** Copies the list. */
  CpuCgroup {
    folders = List.copyOf(folders);
  }

  /** Finds them by {@code /proc/self/cgroup} and {@code /proc/self/mountinfo}. */
  static CpuCgroup of(KernelFiles files) {
    String groups = files.text("proc/self/cgroup").orElse("");
    String mounts = files.text("proc/self/mountinfo").orElse("");
    // Where version 1 has the controller, version 2 has it not.
    Optional<String> first = path(groups, "cpu");
    return new CpuCgroup(
        files,
        first.isPresent()
            ? folders(mounts, first.get(), "cgroup", "cpu")
            : path(groups, "").map(path -> folders(mounts, path, "cgroup2", "")).orElse(List.of()),
        first.isEmpty());
  }

  /** The path of a controller in lines of {@code 4:cpu,cpuacct:/path}. */
  private static Optional<String> path(String groups, String controller) {
    return groups
        .lines()
        .map(line -> line.split(":", 3))
        .filter(parts -> parts.length == 3 && List.of(parts[1].split(",", -1)).contains(controller))
        .map(parts -> parts[2])
        .findFirst();
  }

  private static List<String> folders(String mounts, String path, String type, String controller) {
    for (String line : mounts.lines().toList()) {
      // 34 25 0:29 /root-of-the-mount /mount-point options … - type source options
      String[] halves = line.split(" - ", 2);
      String[] left = halves[0].split(" ", -1);
      String[] right = halves.length < 2 ? new String[0] : halves[1].split(" ", -1);
      if (left.length > 4
          && right.length > 2
          && right[0].equals(type)
          && (controller.isEmpty() || List.of(right[2].split(",", -1)).contains(controller))) {
        return upwards(left[4], below(left[3], path));
      }
    }
    return List.of();
  }

  /** The group's place below the mount, whose root may be the group itself or one above it. */
  private static String below(String root, String path) {
    if (root.equals("/")) {
      return path;
    }
    boolean inside = path.equals(root) || path.startsWith(root + "/");
    return inside ? path.substring(root.length()) : "";
  }

  private static List<String> upwards(String mount, String path) {
    List<String> folders = new ArrayList<>();
    // A group above the mount's root is told as /../..; of those only the mount itself is seen.
    String at = path.contains("/..") ? "" : path;
    while (!at.isEmpty() && !at.equals("/")) {
      folders.add(mount.substring(1) + at);
      at = at.substring(0, at.lastIndexOf('/'));
    }
    folders.add(mount.substring(1));
    return folders;
  }

  /** The lowest limit of these groups in CPUs; empty if there is none. */
  OptionalDouble limitCpus() {
    double limit = NO_LIMIT;
    for (String folder : folders) {
      limit = Math.min(limit, limit(folder));
    }
    return limit == NO_LIMIT ? OptionalDouble.empty() : OptionalDouble.of(limit);
  }

  private double limit(String folder) {
    if (second) {
      return files.text(folder + "/cpu.max").map(CpuCgroup::limitOf).orElse(NO_LIMIT);
    }
    long quota = files.number(folder + "/cpu.cfs_quota_us").orElse(-1L);
    long period = files.number(folder + "/cpu.cfs_period_us").orElse(0L);
    return quota > 0 && period > 0 ? (double) quota / period : NO_LIMIT;
  }

  /** The limit in {@code 50000 100000} or {@code max 100000}. */
  private static double limitOf(String text) {
    List<String> words = Counters.words(text);
    try {
      return words.size() < 2
          ? NO_LIMIT
          : Double.parseDouble(words.get(0)) / Long.parseLong(words.get(1));
    } catch (NumberFormatException _) {
      return NO_LIMIT;
    }
  }

  /** What the limits of these groups did so far, together; empty if none is told. */
  Optional<Throttling> throttling() {
    return folders.stream()
        .flatMap(folder -> files.text(folder + "/cpu.stat").flatMap(Throttling::parse).stream())
        .reduce(Throttling::within);
  }

  /** Time in which some task of the group waited for a CPU, in ns; version 2 tells it. */
  Optional<Long> pressureNanos() {
    return second && !folders.isEmpty()
        ? files.text(folders.getFirst() + "/cpu.pressure").flatMap(Counters::pressureNanos)
        : Optional.empty();
  }

  /**
   * What a CPU limit did since the group was made.
   *
   * @param periods periods in which the group ran
   * @param throttled those in which it was stopped
   * @param nanos for how long, summed over CPUs
   */
  record Throttling(long periods, long throttled, long nanos) {
    private static final long NANOS_PER_MICRO = 1000;

    /** Parses {@code cpu.stat}; empty if it tells nothing of limits. */
    static Optional<Throttling> parse(String text) {
      long periods = KernelFiles.valueOf("nr_periods", text);
      long throttled = KernelFiles.valueOf("nr_throttled", text);
      long nanos = KernelFiles.valueOf("throttled_time", text);
      long micros = KernelFiles.valueOf("throttled_usec", text);
      if (periods < 0 || throttled < 0 || (nanos < 0 && micros < 0)) {
        return Optional.empty();
      }
      return Optional.of(
          new Throttling(periods, throttled, nanos < 0 ? micros * NANOS_PER_MICRO : nanos));
    }

    /**
     * Together with a group around it. A pod with one container has two groups of the same limit,
     * of which now the one is stopped and now the other, hardly ever both, since what is stopped
     * uses up no limit: so their times add up, while the periods are the same ones.
     */
    Throttling within(Throttling outer) {
      return new Throttling(
          Math.max(periods, outer.periods),
          Math.max(throttled, outer.throttled),
          nanos + outer.nanos);
    }
  }
}
