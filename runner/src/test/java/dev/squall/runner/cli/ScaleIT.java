package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary;
import dev.squall.runner.coordinator.Plans;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator as a process of its own and many simulated runners over HTTP. {@code
 * -Dsquall.scale=1000} makes it as many; what it costs is printed.
 */
class ScaleIT {
  private static final int RUNNERS = Integer.getInteger("squall.scale", 50);
  private static final int SECONDS = Integer.getInteger("squall.scale.seconds", 8);
  private static final int USER_HZ = 100;

  /** Those in which the coordinator's own code is compiled. */
  private static final int FIRST_SECONDS = SECONDS / 3;

  @TempDir private Path root;

  @Test
  void everySampleOfEveryRunnerIsCountedOnceWhateverComesLateTwiceOrNotAtAll() throws Exception {
    try (SimulatedRunners runners = new SimulatedRunners(SECONDS)) {
      Plan plan =
          Plans.plan(
              RUNNERS,
              "http://127.0.0.1:9",
              """
              loads: [{name: all, users: {count: %d, spawnRate: 1000}, duration: %ds}]
              thresholds: [{failureRatio: {below: 0.01}}]
              """
                  .formatted(10 * RUNNERS, SECONDS));
      try (PodProcess coordinator = PodProcess.coordinator(root, plan, runners.urlPattern())) {
        long perSecond = (long) SimulatedRunners.SERIES * SimulatedRunners.SAMPLES * RUNNERS;
        coordinator.await(Duration.ofMinutes(2), s -> s.requests() >= FIRST_SECONDS * perSecond);
        long began = System.nanoTime();
        double cpu = cpuSeconds(coordinator.pid());
        long bytes = runners.sentBytes();
        coordinator.await(Duration.ofMinutes(2), s -> s.requests() >= SECONDS * perSecond);
        double wall = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
        System.out.printf(
            "%d runners: %.2f cores, %d MiB resident at most, %.1f MB/s%n",
            RUNNERS,
            (cpuSeconds(coordinator.pid()) - cpu) / wall,
            peakMib(coordinator.pid()),
            (runners.sentBytes() - bytes) / wall / 1e6);
        Summary summary =
            coordinator.await(Duration.ofMinutes(2), s -> s.phase() == RunPhase.Completed);
        assertThat(summary.requests()).isEqualTo(SECONDS * perSecond);
        assertThat(summary.verdict()).as(summary.message()).isEqualTo(Verdict.Passed);
        assertThat(summary.runners().finished()).isEqualTo(RUNNERS);
      }
    }
  }

  private static double cpuSeconds(long pid) throws Exception {
    String stat = Files.readString(Path.of("/proc/" + pid + "/stat"));
    String[] fields = stat.substring(stat.lastIndexOf(')') + 2).split(" ", -1);
    return (double) (Long.parseLong(fields[11]) + Long.parseLong(fields[12])) / USER_HZ;
  }

  private static long peakMib(long pid) throws Exception {
    return Files.readString(Path.of("/proc/" + pid + "/status"))
        .lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToLong(line -> Long.parseLong(line.replaceAll("\\D", "")) / 1024)
        .findFirst()
        .orElse(0);
  }
}
