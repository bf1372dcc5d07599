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
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.runner.recording.PercentileInterval;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.Times;
import java.util.List;
import java.util.Optional;

/**
 * Judges a run on its merged data; pure.
 *
 * <p>A percentile is judged on its distribution-free 95 % interval ({@link PercentileInterval}): it
 * passes if the whole interval lies below the limit, fails if none of it does, and is Inconclusive
 * across the limit or with too few samples. Mean, maximum, failure ratio and throughput are
 * statements about this run's own requests, not estimates, so they are judged as observed: below
 * the limit (throughput: at least it) passes, else it fails. Mean, maximum, percentile and ratio of
 * no request at all are Inconclusive; a throughput of none is 0/s and fails.
 *
 * <p>The verdict: a run that is broken is Inconclusive whatever its thresholds say, failed ones
 * included, since a load that was not the one asked for is evidence of neither; the thresholds
 * still stand in the result. Else Failed if any threshold failed; else Inconclusive if any is; else
 * Passed.
 */
final class Judge {
  private static final double NANOS_PER_MICRO = 1000;

  private final List<SeriesSnapshot> series;
  private final SeriesSnapshot whole;
  private final double loadSeconds;
  private final TaskSeries tasks;
  private final long lagMicros;

  private Judge(
      LoadTestSpec test,
      List<SeriesSnapshot> series,
      SeriesSnapshot whole,
      double loadSeconds,
      long lagMicros) {
    this.series = series;
    this.whole = whole;
    this.loadSeconds = loadSeconds;
    this.tasks = new TaskSeries(test);
    this.lagMicros = lagMicros;
  }

  /**
   * Judges each threshold, in the order of the spec.
   *
   * @param series every series of the run
   * @param whole their sum
   * @param loadSeconds how long the load lasted
   */
  static List<ThresholdResult> thresholds(
      LoadTestSpec test, List<SeriesSnapshot> series, SeriesSnapshot whole, double loadSeconds) {
    return thresholds(test, series, whole, loadSeconds, 0);
  }

  /**
   * Judges each threshold with the doubt that runners lagged by so much: what fails even so is the
   * target's doing. Each response time may be shorter by the lag, and a throughput is not judged.
   */
  static List<ThresholdResult> thresholds(
      LoadTestSpec test,
      List<SeriesSnapshot> series,
      SeriesSnapshot whole,
      double loadSeconds,
      long lagMicros) {
    Judge judge = new Judge(test, series, whole, loadSeconds, lagMicros);
    return test.thresholds().stream().map(judge::threshold).toList();
  }

  /**
   * The verdict of the run.
   *
   * @param broken what made the run say nothing about the target, if anything did
   * @param requests completed requests
   */
  static Judgement verdict(
      Optional<Judgement> broken, List<ThresholdResult> thresholds, long requests) {
    if (broken.isPresent()) {
      return broken.get();
    }
    if (requests == 0) {
      return Judgement.inconclusive(
          "NoRequests",
          "no request was completed, so there is nothing to judge; check the load's duration and the"
              + " scenarios' onStart tasks and waits");
    }
    List<ThresholdResult> failed = with(Verdict.Failed, thresholds);
    if (!failed.isEmpty()) {
      return new Judgement(Verdict.Failed, "ThresholdBroken", sentence(failed, thresholds));
    }
    List<ThresholdResult> open = with(Verdict.Inconclusive, thresholds);
    if (!open.isEmpty()) {
      return Judgement.inconclusive("TooFewSamples", sentence(open, thresholds));
    }
    return thresholds.isEmpty()
        ? new Judgement(
            Verdict.Passed, "Completed", "the run completed; it has no threshold to hold")
        : new Judgement(
            Verdict.Passed,
            "ThresholdsHeld",
            thresholds.size() == 1
                ? "its one threshold held"
                : "all " + thresholds.size() + " thresholds held");
  }

  private static List<ThresholdResult> with(Verdict verdict, List<ThresholdResult> thresholds) {
    return thresholds.stream().filter(t -> t.verdict() == verdict).toList();
  }

  private static String sentence(List<ThresholdResult> some, List<ThresholdResult> all) {
    ThresholdResult first = some.getFirst();
    String message = first.message();
    return "%d of %d thresholds %s: %s was %s%s%s"
        .formatted(
            some.size(),
            all.size(),
            first.verdict() == Verdict.Failed ? "failed" : "cannot be decided",
            first.name(),
            first.observed(),
            first.name().endsWith(first.limit()) ? "" : ", limit " + first.limit(),
            message == null ? "" : "; " + message);
  }

  private ThresholdResult threshold(Threshold threshold) {
    String task = threshold.task();
    SeriesSnapshot data = task == null ? whole : tasks.sum(task, series);
    ResponseTimeThreshold time = threshold.responseTime();
    if (time != null) {
      return responseTime(threshold, time, data);
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
        "a threshold has none of responseTime, failureRatio, throughput; the schema refuses that");
  }

  private ThresholdResult responseTime(
      Threshold threshold, ResponseTimeThreshold time, SeriesSnapshot data) {
    long limit = Durations.parse(time.below()).toNanos() / 1000 + lagMicros;
    Times times = data.responseTime();
    Double percentile = time.percentile();
    if (percentile != null) {
      String what = "p" + number(percentile);
      return percentile(
          new ThresholdWords(threshold, what, " < " + time.below()), percentile, limit, times);
    }
    boolean mean = time.statistic() == TimeStatistic.Mean;
    ThresholdWords words =
        new ThresholdWords(threshold, mean ? "mean" : "max", " < " + time.below());
    if (times.count() == 0) {
      return words.noRequest();
    }
    double observed = (mean ? times.meanNanos() : (double) times.maxNanos()) / NANOS_PER_MICRO;
    return words.result(micros(Math.round(observed)), null, observed < limit, null);
  }

  private static ThresholdResult percentile(
      ThresholdWords words, double percentile, long limit, Times times) {
    long n = times.count();
    if (n == 0) {
      return words.noRequest();
    }
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
    if (loadSeconds <= 0 || lagMicros > 0) {
      return words.noRequest();
    }
    double observed = data.requests() / loadSeconds;
    return words.result(number(round(observed, 3)) + "/s", null, observed >= atLeast, null);
  }
}
