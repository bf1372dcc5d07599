package dev.squall.operator.status;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.TaskResult;
import java.io.UncheckedIOException;
import java.util.Comparator;
import java.util.List;

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

  private static final JsonMapper JSON =
      JsonMapper.builder()
          .defaultPropertyInclusion(
              JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.ALWAYS))
          .build();

  private StatusSize() {}

  /** How many of each list are kept, the first of them. */
  private record Most(int reasons, int files, int thresholds) {
    static final Most AT_FIRST = new Most(10, 16, 32);

    Most half() {
      return new Most(reasons / 2, files / 2, thresholds / 2);
    }
  }

  /** The status at no more than {@link #BYTES}, its tasks ordered by requests. */
  static LoadTestRunStatus cut(LoadTestRunStatus status) {
    List<TaskResult> tasks =
        status.tasks().stream()
            .sorted(Comparator.comparingLong(TaskResult::requests).reversed())
            .toList();
    LoadTestRunStatus bounded =
        with(status, status.loads(), tasks, status.tasksOmitted(), Most.AT_FIRST);
    if (bytes(bounded) <= BYTES) {
      return bounded;
    }
    Most most = Most.AT_FIRST;
    int others = tasks.isEmpty() ? BYTES : BYTES - FOR_TASKS;
    while (bytes(keeping(status, tasks, 0, most)) > others && most.thresholds() > 1) {
      most = most.half();
    }
    int fits = 0;
    int tooMany = tasks.size();
    while (fits + 1 < tooMany) {
      int half = (fits + tooMany) >>> 1;
      if (bytes(keeping(status, tasks, half, most)) <= BYTES) {
        fits = half;
      } else {
        tooMany = half;
      }
    }
    return keeping(status, tasks, fits, most);
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
      LoadTestRunStatus s, List<TaskResult> tasks, int keep, Most most) {
    return with(
        s,
        s.loads().stream().map(CutParts::cut).toList(),
        tasks.subList(0, keep),
        s.tasksOmitted() + tasks.size() - keep,
        most);
  }

  private static LoadTestRunStatus with(
      LoadTestRunStatus s, List<LoadResult> loads, List<TaskResult> tasks, int omitted, Most most) {
    return new LoadTestRunStatus(
        s.observedGeneration(),
        s.phase(),
        s.verdict(),
        s.reason(),
        s.message() == null ? null : Texts.cut(s.message(), 4 * CutParts.TEXT),
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
        s.failureReasons().stream().limit(most.reasons()).map(CutParts::cut).toList(),
        s.thresholds().stream().limit(most.thresholds()).map(CutParts::cut).toList(),
        s.files().stream().limit(most.files()).map(CutParts::cut).toList(),
        s.runners(),
        s.display(),
        s.capacity() == null ? null : CutParts.cut(s.capacity()),
        s.sweep().stream().limit(CutParts.LEVELS).map(CutParts::cut).toList(),
        s.conditions());
  }
}
