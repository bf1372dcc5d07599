package dev.squall.operator.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.v1alpha1.CapacityStatus;
import dev.squall.api.v1alpha1.FailureReason;
import dev.squall.api.v1alpha1.LevelResult;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.v1alpha1.ThresholdResult;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Cuts a run's status to size: a status weighs on etcd and on everyone who watches, and the result
 * files have it all. What goes first is what says least: the loads' response times, the tasks with
 * fewest requests, then the rarest failure reasons, then files and thresholds beyond the first.
 */
final class StatusSize {
  /** The most bytes a status may have, as JSON. */
  static final int BYTES = 16 * 1024;

  /** What of it the busiest tasks have for themselves. */
  private static final int FOR_TASKS = 4 * 1024;

  private static final int REASONS = 10;
  private static final int FILES = 16;
  private static final int THRESHOLDS = 32;
  private static final int TEXT = 256;
  private static final int LEVELS = 16;

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private StatusSize() {}

  /** The status at no more than {@link #BYTES}, its tasks ordered by requests. */
  static LoadTestRunStatus cut(LoadTestRunStatus status) {
    List<TaskResult> tasks =
        status.tasks().stream()
            .sorted(Comparator.comparingLong(TaskResult::requests).reversed())
            .toList();
    LoadTestRunStatus bounded =
        with(status, status.loads(), tasks, status.tasksOmitted(), REASONS, FILES, THRESHOLDS);
    if (bytes(bounded) <= BYTES) {
      return bounded;
    }
    int reasons = REASONS;
    int files = FILES;
    int thresholds = THRESHOLDS;
    int others = tasks.isEmpty() ? BYTES : BYTES - FOR_TASKS;
    while (bytes(keeping(status, tasks, 0, reasons, files, thresholds)) > others
        && thresholds > 1) {
      reasons = reasons / 2;
      files = files / 2;
      thresholds = thresholds / 2;
    }
    int fits = 0;
    int tooMany = tasks.size();
    while (fits + 1 < tooMany) {
      int half = (fits + tooMany) >>> 1;
      if (bytes(keeping(status, tasks, half, reasons, files, thresholds)) <= BYTES) {
        fits = half;
      } else {
        tooMany = half;
      }
    }
    return keeping(status, tasks, fits, reasons, files, thresholds);
  }

  /** Size as JSON. */
  static int bytes(LoadTestRunStatus status) {
    try {
      return JSON.writeValueAsBytes(status).length;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException("a status as JSON", e);
    }
  }

  private static LoadTestRunStatus keeping(
      LoadTestRunStatus s,
      List<TaskResult> tasks,
      int keep,
      int reasons,
      int files,
      int thresholds) {
    return with(
        s,
        s.loads().stream().map(StatusSize::cut).toList(),
        tasks.subList(0, keep),
        s.tasksOmitted() + tasks.size() - keep,
        reasons,
        files,
        thresholds);
  }

  private static LoadTestRunStatus with(
      LoadTestRunStatus s,
      List<LoadResult> loads,
      List<TaskResult> tasks,
      int omitted,
      int reasons,
      int files,
      int thresholds) {
    return new LoadTestRunStatus(
        s.observedGeneration(),
        s.phase(),
        s.verdict(),
        s.reason(),
        s.message() == null ? null : Texts.cut(s.message(), 4 * TEXT),
        s.startTime(),
        s.completionTime(),
        s.users(),
        s.model(),
        s.offered(),
        s.requests(),
        s.failures(),
        s.dropped(),
        s.interrupted(),
        s.milliRequestsPerSecond(),
        s.responseTime(),
        loads,
        s.warmUp(),
        s.coldStart(),
        tasks,
        omitted,
        s.failureReasons().stream().limit(reasons).map(StatusSize::cut).toList(),
        s.thresholds().stream().limit(thresholds).map(StatusSize::cut).toList(),
        s.files().stream().limit(files).map(StatusSize::cut).toList(),
        s.runners(),
        s.display(),
        s.capacity() == null ? null : cut(s.capacity()),
        s.sweep().stream().limit(LEVELS).map(StatusSize::cut).toList(),
        s.conditions());
  }

  /** The confirming runs and the levels around the answer say most. */
  private static CapacityStatus cut(CapacityStatus c) {
    long answer = c.milliLevel() == null ? 0 : c.milliLevel();
    List<LevelResult> nearest =
        c.curve().stream()
            .sorted(Comparator.comparingLong(l -> Math.abs(l.milliLevel() - answer)))
            .limit(LEVELS)
            .sorted(Comparator.comparingLong(LevelResult::milliLevel))
            .map(StatusSize::cut)
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

  private static LevelResult cut(LevelResult l) {
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
  private static LoadResult cut(LoadResult l) {
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

  private static FailureReason cut(FailureReason r) {
    return new FailureReason(r.task(), r.kind(), Texts.cut(r.reason(), TEXT), r.count());
  }

  private static ThresholdResult cut(ThresholdResult t) {
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

  private static StoredFile cut(StoredFile f) {
    return new StoredFile(f.name(), Texts.cut(f.url(), 2 * TEXT), f.bytes());
  }

  private static @Nullable String cut(@Nullable String text) {
    return text == null ? null : Texts.cut(text, TEXT);
  }
}
