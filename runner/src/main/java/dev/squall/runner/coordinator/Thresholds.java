package dev.squall.runner.coordinator;

import static dev.squall.runner.coordinator.ThresholdWords.micros;
import static dev.squall.runner.coordinator.ThresholdWords.number;
import static dev.squall.runner.coordinator.ThresholdWords.round;

import dev.squall.api.check.Durations;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.ResponseTimeThreshold;
import dev.squall.api.v1alpha1.Threshold;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.TimeStatistic;
import dev.squall.runner.recording.PercentileInterval;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Times;
import dev.squall.runner.results.Totals;
import java.util.List;

/**
 * Judges each threshold on the merged data; pure.
 *
 * <p>A percentile of a time is judged on its distribution-free 95 % interval ({@link
 * PercentileInterval}): it passes if the whole interval lies below the limit, fails if none of it
 * does, and is Inconclusive across the limit or with too few samples. Mean, maximum, failure ratio
 * and throughput are statements about this run's own requests, not estimates, so they are judged as
 * observed: below the limit (throughput: at least it) passes, else it fails. Mean, maximum,
 * percentile and ratio of no request at all are Inconclusive; a throughput of none is 0/s and
 * fails.
 */
final class Thresholds {
  private static final double NANOS_PER_MICRO = 1000;

  private final LoadTestSpec test;
  private final Totals totals;
  private final double loadSeconds;
  private final TaskSeries tasks;
  private final long lagMicros;

  private Thresholds(LoadTestSpec test, Totals totals, double loadSeconds, long lagMicros) {
    this.test = test;
    this.totals = totals;
    this.loadSeconds = loadSeconds;
    this.tasks = new TaskSeries(test);
    this.lagMicros = lagMicros;
  }

  /**
   * Judges each threshold, in the order of the spec.
   *
   * @param totals the sums of the run
   * @param loadSeconds how long the load lasted
   */
  static List<ThresholdResult> judge(LoadTestSpec test, Totals totals, double loadSeconds) {
    return judge(test, totals, loadSeconds, 0);
  }

  /**
   * Judges each threshold with the doubt that runners lagged by so much: what fails even so is the
   * target's doing. Each response time may be shorter by the lag, and a throughput is not judged.
   */
  static List<ThresholdResult> judge(
      LoadTestSpec test, Totals totals, double loadSeconds, long lagMicros) {
    Thresholds all = new Thresholds(test, totals, loadSeconds, lagMicros);
    return test.thresholds().stream().map(all::threshold).toList();
  }

  /** The requests that a threshold is about. */
  private SeriesSnapshot data(Threshold threshold) {
    String load = threshold.load();
    String task = threshold.task();
    if (load == null && task == null) {
      return totals.whole();
    }
    List<SeriesSnapshot> series = load == null ? totals.series() : totals.series(load);
    return task == null ? TaskSeries.sum(series) : tasks.sum(task, series);
  }

  private ThresholdResult threshold(Threshold threshold) {
    SeriesSnapshot data = data(threshold);
    ResponseTimeThreshold time = threshold.responseTime();
    if (time != null) {
      // Intended to last byte: a runner's own lag can have made it longer.
      return time(threshold, "", time, data.responseTime(), lagMicros);
    }
    ResponseTimeThreshold first = threshold.timeToFirst();
    if (first != null) {
      return time(threshold, "time to first ", first, data.stream().first(), lagMicros);
    }
    ResponseTimeThreshold between = threshold.timeBetween();
    if (between != null) {
      return time(threshold, "time between ", between, data.stream().between(), lagMicros);
    }
    var ratio = threshold.failureRatio();
    if (ratio != null) {
      return failureRatio(threshold, ratio.below(), data);
    }
    var throughput = threshold.throughput();
    if (throughput != null) {
      return throughput(threshold, throughput.atLeast(), data);
    }
    throw new IllegalArgumentException(
        "a threshold has none of responseTime, timeToFirst, timeBetween, failureRatio, throughput;"
            + " the schema refuses that");
  }

  private static ThresholdResult time(
      Threshold threshold, String kind, ResponseTimeThreshold time, Times times, long lagMicros) {
    long limit = Durations.parse(time.below()).toNanos() / 1000 + lagMicros;
    Double percentile = time.percentile();
    if (percentile != null) {
      String what = kind + "p" + number(percentile);
      ThresholdWords words = new ThresholdWords(threshold, what, " < " + time.below());
      return times.count() == 0
          ? words.noSample(kind)
          : percentile(words, percentile, limit, times);
    }
    boolean mean = time.statistic() == TimeStatistic.Mean;
    ThresholdWords words =
        new ThresholdWords(threshold, kind + (mean ? "mean" : "max"), " < " + time.below());
    if (times.count() == 0) {
      return words.noSample(kind);
    }
    double observed = (mean ? times.meanNanos() : (double) times.maxNanos()) / NANOS_PER_MICRO;
    return words.result(micros(Math.round(observed)), null, observed < limit, null);
  }

  private static ThresholdResult percentile(
      ThresholdWords words, double percentile, long limit, Times times) {
    long n = times.count();
    PercentileInterval ranks = PercentileInterval.of(n, percentile);
    Ranks sample = new Ranks(times);
    boolean bounded = ranks.upperRank() <= n;
    String observed = micros(times.percentileMicros(percentile));
    String interval =
        "%s to %s"
            .formatted(
                ranks.lowerRank() < 1 ? "0 ms" : micros(sample.atLeast(ranks.lowerRank())),
                bounded ? micros(sample.atMost(ranks.upperRank())) : "unbounded");
    if (bounded && sample.atMost(ranks.upperRank()) < limit) {
      return words.result(observed, interval, true, null);
    }
    if (ranks.lowerRank() >= 1 && sample.atLeast(ranks.lowerRank()) >= limit) {
      return words.result(observed, interval, false, null);
    }
    long needed = PercentileInterval.samplesToDecide(n, sample.countBelow(limit), percentile);
    String message =
        needed < 0
            ? "%d samples do not decide, and at the share now seen below the limit none would: the"
                    .formatted(n)
                + " percentile lies at the limit"
            : "%d samples do not decide; about %d would, at the share now seen below the limit"
                .formatted(n, needed);
    return words.open(observed, interval, message);
  }

  private static ThresholdResult failureRatio(
      Threshold threshold, double below, SeriesSnapshot data) {
    ThresholdWords words = new ThresholdWords(threshold, "failure ratio", " < " + number(below));
    if (data.requests() == 0) {
      return words.noRequest();
    }
    double observed = (double) data.failures() / data.requests();
    String text =
        "%s (%d of %d)".formatted(number(round(observed, 6)), data.failures(), data.requests());
    return words.result(text, null, observed < below, null);
  }

  private ThresholdResult throughput(Threshold threshold, double atLeast, SeriesSnapshot data) {
    ThresholdWords words =
        new ThresholdWords(threshold, "throughput", " >= " + number(atLeast) + "/s");
    double seconds = seconds(threshold);
    if (seconds <= 0 || lagMicros > 0) {
      return words.noRequest();
    }
    double observed = data.requests() / seconds;
    return words.result(number(round(observed, 3)) + "/s", null, observed >= atLeast, null);
  }

  /** How long the load, or the one of the test that is meant, lasted. */
  private double seconds(Threshold threshold) {
    return test.loads().stream()
        .filter(load -> load.name().equals(threshold.load()))
        .findFirst()
        .map(load -> LoadSeconds.of(load, totals, loadSeconds))
        .orElse(loadSeconds);
  }
}
