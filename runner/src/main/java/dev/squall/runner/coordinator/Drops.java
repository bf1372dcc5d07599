package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.Arrivals;
import dev.squall.api.v1alpha1.Load;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.runner.recording.LoadCounts;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Whether more arrivals were dropped than a test allows; pure. Such a run cannot pass: what was
 * never sent is in no response time, so the thresholds speak of a lighter load than the one asked
 * for.
 */
final class Drops {
  private Drops() {}

  /** What the drops say about the run; empty if there are no more than each load allows. */
  static Optional<Judgement> tooMany(LoadTestSpec test, List<LoadCounts> counts) {
    List<String> over = new ArrayList<>();
    for (Load load : test.loads()) {
      Arrivals arrivals = load.arrivals();
      if (arrivals == null || load.warmUp()) {
        continue;
      }
      counts.stream()
          .filter(count -> count.load().equals(load.name()))
          .filter(count -> count.dropped() > arrivals.maxDropRatio() * count.offered())
          .map(count -> sentence(count, arrivals))
          .forEach(over::add);
    }
    return over.isEmpty()
        ? Optional.empty()
        : Optional.of(
            new Judgement(
                Verdict.Failed,
                "ArrivalsDropped",
                String.join("; ", over)
                    + "; the target did not keep up: lower the rate, or raise arrivals.maxInFlight if"
                    + " it may have more requests in flight"));
  }

  private static String sentence(LoadCounts count, Arrivals arrivals) {
    return String.format(
        Locale.ROOT,
        "load '%s' dropped %d of %d arrivals (%s %%), limit %s %%: all %d in flight were taken",
        count.load(),
        count.dropped(),
        count.offered(),
        percent((double) count.dropped() / count.offered()),
        percent(arrivals.maxDropRatio()),
        arrivals.maxInFlight());
  }

  private static String percent(double ratio) {
    return ThresholdWords.number(ThresholdWords.round(100 * ratio, 3));
  }
}
