package dev.squall.operator.status;

import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.FailureReason;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.ThresholdResult;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Parts of a run's status at a bounded size: texts cut, what says least left out. */
final class CutParts {
  /** Most characters of a text. */
  static final int TEXT = 256;

  /** Most levels of a search. */
  static final int LEVELS = 16;

  private CutParts() {}

  /** The confirming runs and the levels around the answer say most. */
  static CapacityStatus cut(CapacityStatus c) {
    long answer = c.milliLevel() == null ? 0 : c.milliLevel();
    List<LevelResult> nearest =
        c.curve().stream()
            .sorted(Comparator.comparingLong(l -> Math.abs(l.milliLevel() - answer)))
            .limit(LEVELS)
            .sorted(Comparator.comparingLong(LevelResult::milliLevel))
            .map(CutParts::cut)
            .toList();
    return new CapacityStatus(
        c.milliLevel(),
        c.milliRefused(),
        c.of(),
        c.limitedBy(),
        c.message() == null ? null : Texts.cut(c.message(), TEXT),
        c.seconds(),
        nearest);
  }

  static LevelResult cut(LevelResult l) {
    return new LevelResult(
        l.milliLevel(),
        l.milliRequestsPerSecond(),
        l.milliRecordsPerSecond(),
        l.responseTimeMicros(),
        l.milliPercentile(),
        l.failuresPerMillion(),
        l.inFlight(),
        l.seconds(),
        l.confirms(),
        l.outcome(),
        // Of most levels the outcome says it all.
        null);
  }

  /** The counts say what became of a load; its thresholds say how fast it was. */
  static LoadResult cut(LoadResult l) {
    return new LoadResult(
        l.name(),
        l.model(),
        l.warmUp(),
        l.offered(),
        l.requests(),
        l.failures(),
        l.dropped(),
        l.interrupted(),
        l.queries(),
        null);
  }

  static FailureReason cut(FailureReason r) {
    return new FailureReason(r.task(), r.kind(), Texts.cut(r.reason(), TEXT), r.count());
  }

  static ThresholdResult cut(ThresholdResult t) {
    return new ThresholdResult(
        t.name(),
        t.task(),
        t.load(),
        Texts.cut(t.limit(), TEXT),
        Texts.cut(t.observed(), TEXT),
        cut(t.interval()),
        t.verdict(),
        cut(t.message()));
  }

  static StoredFile cut(StoredFile f) {
    return new StoredFile(f.name(), Texts.cut(f.url(), 2 * TEXT), f.bytes());
  }

  static @Nullable String cut(@Nullable String text) {
    return text == null ? null : Texts.cut(text, TEXT);
  }
}
