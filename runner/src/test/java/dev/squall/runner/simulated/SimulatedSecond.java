package dev.squall.runner.simulated;

import dev.squall.runner.control.RunnerSecond;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Levels;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Recorded;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Snapshot;
import dev.squall.runner.recording.StreamTimes;
import dev.squall.runner.recording.Times;
import dev.squall.runner.vitals.Vital;
import dev.squall.runner.vitals.Vitals;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/**
 * What a simulated runner did in one second: requests of 40 series, 100 of each, all of them drawn
 * from a number. So a test knows every sample that a coordinator is told of.
 */
public final class SimulatedSecond {
  /** Series of a runner. */
  public static final int SERIES = 40;

  /** Requests of a series in a second. */
  public static final int SAMPLES = 100;

  /** Requests of a runner in a second. */
  public static final int REQUESTS = SERIES * SAMPLES;

  /** HTTP method of all of them. */
  public static final String METHOD = "POST";

  private static final int USERS = 10;
  private static final int BEATS = 20;

  private SimulatedSecond() {}

  /**
   * One request.
   *
   * @param series number of its series
   * @param responseNanos intended to last byte: queueing, lateness and service time
   * @param queueingNanos the target's part of intended to sent
   * @param latenessNanos the runner's part of it
   */
  public record Sample(int series, long responseNanos, long queueingNanos, long latenessNanos) {
    /** Sent to last byte. */
    public long serviceNanos() {
      return responseNanos - queueingNanos - latenessNanos;
    }
  }

  /** Which number a runner's second k draws from: no two of a second's runners the same. */
  static int number(int runner, int k, int distinct) {
    return (runner + 7 * k) % distinct;
  }

  /** Name of a series. */
  public static String name(int series) {
    return "task-" + series;
  }

  /** Every request of the second of this number. */
  public static List<Sample> samples(int number) {
    Random random = new Random(number);
    List<Sample> samples = new ArrayList<>(REQUESTS);
    for (int series = 0; series < SERIES; series++) {
      for (int i = 0; i < SAMPLES; i++) {
        long service = Math.round((5 + series) * 1e6 * Math.exp(random.nextGaussian() / 3));
        long queueing = random.nextInt(20) == 0 ? random.nextInt(3_000_000) : 0;
        long lateness = random.nextInt(200_000);
        samples.add(new Sample(series, service + queueing + lateness, queueing, lateness));
      }
    }
    return samples;
  }

  /** The second as its runner encodes it, as the first and not the last of its load. */
  static byte[] encoded(int number) {
    List<SeriesSnapshot> series = new ArrayList<>();
    List<Sample> all = samples(number);
    Times lateness = new Times();
    for (int i = 0; i < SERIES; i++) {
      Times response = new Times();
      Times service = new Times();
      Times queueing = new Times();
      for (Sample sample : all.subList(i * SAMPLES, (i + 1) * SAMPLES)) {
        response.record(sample.responseNanos());
        service.record(sample.serviceNanos());
        queueing.recordDelay(sample.queueingNanos());
        lateness.recordDelay(sample.latenessNanos());
      }
      series.add(
          new SeriesSnapshot(
              name(i),
              METHOD,
              "",
              SAMPLES,
              0,
              response,
              service,
              queueing,
              30L * SAMPLES,
              StreamTimes.none()));
    }
    Snapshot snapshot =
        new Snapshot(
            1,
            false,
            new Levels(USERS, 0, 0),
            List.of(new LoadCounts("all", false, REQUESTS, REQUESTS, 0, 0, 0)),
            new Recorded(series, List.of()),
            Recorded.NONE,
            lateness,
            List.of(),
            new ConnectionCounts(),
            Optional.empty());
    Random random = new Random(number);
    Lag lag = new Lag();
    for (int beat = 0; beat < BEATS; beat++) {
      lag.record(random.nextInt(500_000));
    }
    Map<Vital, Long> vitals = Map.of(Vital.ELAPSED, TimeUnit.SECONDS.toNanos(1));
    return new RunnerSecond(snapshot, Vitals.of(vitals, lag)).encode();
  }
}
