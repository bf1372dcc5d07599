package dev.squall.runner.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.ResponseTimes;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.wire.Plan;
import dev.squall.api.wire.Summary;
import dev.squall.runner.coordinator.Plans;
import dev.squall.runner.recording.Times;
import dev.squall.runner.simulated.SimulatedProcess;
import dev.squall.runner.simulated.SimulatedProcess.Statistics;
import dev.squall.runner.simulated.SimulatedSecond;
import dev.squall.runner.simulated.SingleRecorder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramLogReader;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A coordinator as a process of its own and many simulated runners in another, over HTTP. {@code
 * -Dsquall.scale=1000} makes it as many; {@code make bench ROWS=coordinator} measures what it
 * costs.
 */
class ScaleIT {
  private static final int RUNNERS = Integer.getInteger("squall.scale", 50);
  private static final int SECONDS = Integer.getInteger("squall.scale.seconds", 8);
  private static final int USER_HZ = 100;

  /** What a thousand runners may cost; so may fifty, since much of it is compiling code here. */
  private static final double MOST_CORES = 1;

  private static final long MOST_MIB = 512;
  private static final double MOST_BYTES_PER_RUNNER = 20e6 / 1000;
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration PATIENCE = Duration.ofMinutes(4);

  /** Those in which the coordinator's own code is compiled. */
  private static final int FIRST_SECONDS = SECONDS / 3;

  @TempDir private Path root;

  @Test
  void everySampleOfEveryRunnerIsCountedOnceWhateverComesLateTwiceOrNotAtAll() throws Exception {
    Plan plan =
        Plans.plan(
            RUNNERS,
            "http://127.0.0.1:9",
            """
            loads: [{name: all, users: {count: %d, spawnRate: 1000}, duration: %ds}]
            thresholds: [{failureRatio: {below: 0.01}}]
            """
                .formatted(10 * RUNNERS, SECONDS));
    try (SimulatedProcess runners = new SimulatedProcess(RUNNERS, SECONDS);
        PodProcess coordinator = PodProcess.coordinator(root, plan, runners.urlPattern())) {
      long perSecond = (long) SimulatedSecond.REQUESTS * RUNNERS;
      coordinator.await(PATIENCE, LOOK, s -> s.requests() >= FIRST_SECONDS * perSecond);
      long began = System.nanoTime();
      double cpu = cpuSeconds(coordinator.pid());
      long bytes = runners.statistics().bytes();
      coordinator.await(PATIENCE, LOOK, s -> s.requests() >= SECONDS * perSecond);
      double wall = (System.nanoTime() - began) / (double) TimeUnit.SECONDS.toNanos(1);
      Statistics told = runners.statistics();
      double cores = (cpuSeconds(coordinator.pid()) - cpu) / wall;
      long mib = peakMib(coordinator.pid());
      double bytesPerSecond = (told.bytes() - bytes) / wall;
      System.out.printf(
          "%d runners: %.2f cores, %d MiB resident at most, %.1f MB/s, %s%n",
          RUNNERS, cores, mib, bytesPerSecond / 1e6, told);
      Summary summary = coordinator.await(PATIENCE, LOOK, s -> s.phase() == RunPhase.Completed);
      assertThat(told.late()).isPositive();
      assertThat(told.repeated()).isPositive();
      assertThat(told.lost()).isPositive();
      assertThat(summary.requests()).isEqualTo(SECONDS * perSecond);
      assertThat(summary.verdict()).as(summary.message()).isEqualTo(Verdict.Passed);
      assertThat(summary.runners().finished()).isEqualTo(RUNNERS);
      assertThat(cores).isLessThan(MOST_CORES);
      assertThat(mib).isLessThan(MOST_MIB);
      assertThat(bytesPerSecond).isLessThan(RUNNERS * MOST_BYTES_PER_RUNNER);
      equalsASingleRecorder(coordinator.folder().resolve("work/results/histograms.hlog"), summary);
    }
  }

  /** Bucket for bucket in each interval and series; and the whole in every figure. */
  private static void equalsASingleRecorder(Path log, Summary summary) throws Exception {
    SingleRecorder recorder = new SingleRecorder(RUNNERS);
    try (HistogramLogReader lines = new HistogramLogReader(log.toFile())) {
      for (int k = 1; k <= SECONDS; k++) {
        Map<String, Times> truth = recorder.second(k);
        Map<String, Histogram> merged = new TreeMap<>();
        for (int line = 0; line < truth.size(); line++) {
          Histogram histogram = (Histogram) lines.nextIntervalHistogram();
          merged.put(histogram.getTag(), histogram);
        }
        assertThat(merged.keySet()).as("series of interval " + k).isEqualTo(truth.keySet());
        int interval = k;
        truth.forEach(
            (tag, times) ->
                assertThat(merged.get(tag))
                    .as("%s in interval %d", tag, interval)
                    .isEqualTo(times.histogram()));
      }
      assertThat(lines.hasNext()).as("more than the load's intervals").isFalse();
    }
    assertThat(summary.responseTime()).isEqualTo(figures(recorder.responseTime()));
    assertThat(summary.serviceTime()).isEqualTo(figures(recorder.serviceTime()));
    assertThat(summary.queueing()).isEqualTo(figures(recorder.queueing()));
    assertThat(summary.lateness()).isEqualTo(figures(recorder.lateness()));
  }

  private static ResponseTimes figures(Times times) {
    return new ResponseTimes(
        Math.round(times.minNanos() / 1e3),
        Math.round(times.meanNanos() / 1e3),
        times.percentileMicros(50),
        times.percentileMicros(90),
        times.percentileMicros(95),
        times.percentileMicros(99),
        times.percentileMicros(99.9),
        Math.round(times.maxNanos() / 1e3));
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
