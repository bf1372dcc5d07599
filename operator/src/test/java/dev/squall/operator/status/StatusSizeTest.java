package dev.squall.operator.status;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.v1alpha1.ColdStart;
import dev.squall.api.v1alpha1.Condition;
import dev.squall.api.v1alpha1.FailureReason;
import dev.squall.api.v1alpha1.LoadModel;
import dev.squall.api.v1alpha1.LoadResult;
import dev.squall.api.v1alpha1.LoadTestRunStatus;
import dev.squall.api.v1alpha1.QueryResult;
import dev.squall.api.v1alpha1.RunPhase;
import dev.squall.api.v1alpha1.StoredFile;
import dev.squall.api.v1alpha1.TaskResult;
import dev.squall.api.v1alpha1.ThresholdResult;
import dev.squall.api.v1alpha1.Verdict;
import dev.squall.api.v1alpha1.WarmUpResult;
import dev.squall.operator.observe.Seen;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class StatusSizeTest {
  @Test
  void aFewTasksAllStayTheBusiestFirst() {
    LoadTestRunStatus cut = StatusSize.cut(status(tasks(5, "task"), 0, 0, 0));

    assertThat(cut.tasks()).extracting(TaskResult::name).startsWith("task 4").hasSize(5);
    assertThat(cut.tasksOmitted()).isZero();
  }

  @Test
  void twoThousandTasksOfLongNamesFitWithTheBusiestKept() {
    LoadTestRunStatus cut = StatusSize.cut(status(tasks(2000, "é".repeat(200)), 64, 64, 64));

    assertThat(StatusSize.bytes(cut)).isLessThanOrEqualTo(16 * 1024);
    assertThat(cut.tasks()).isNotEmpty();
    assertThat(cut.tasks().getFirst().requests()).isEqualTo(1999);
    assertThat(cut.tasks().size() + cut.tasksOmitted()).isEqualTo(2000);
  }

  @Test
  void twoThousandTasksOfShortNamesAreAsManyAsFit() {
    LoadTestRunStatus cut = StatusSize.cut(status(tasks(2000, "t"), 0, 0, 0));

    assertThat(StatusSize.bytes(cut)).isBetween(16 * 1024 - 400, 16 * 1024);
    assertThat(cut.tasks().size()).isBetween(30, 256);
  }

  @Test
  void theWorstOfEverythingFits() {
    LoadTestRunStatus worst = status(tasks(2000, "ß".repeat(256)), 64, 64, 64);

    LoadTestRunStatus cut = StatusSize.cut(worst);

    assertThat(StatusSize.bytes(cut)).isLessThanOrEqualTo(16 * 1024);
    assertThat(cut.conditions()).hasSize(6);
    assertThat(cut.thresholds()).isNotEmpty();
  }

  @Test
  void cuttingTwiceIsCuttingOnce() {
    LoadTestRunStatus once = StatusSize.cut(status(tasks(2000, "task"), 64, 64, 64));

    assertThat(StatusSize.cut(once)).isEqualTo(once);
  }

  private static List<TaskResult> tasks(int count, String name) {
    return IntStream.range(0, count)
        .mapToObj(
            i -> new TaskResult("%s %d".formatted(name, i), "POST", i, 0, 1_000, Seen.TIMES, null))
        .toList();
  }

  private static LoadTestRunStatus status(
      List<TaskResult> tasks, int reasons, int thresholds, int files) {
    String large = "ü".repeat(1024);
    return new LoadTestRunStatus(
        1L,
        RunPhase.Completed,
        Verdict.Failed,
        "ThresholdBroken",
        reasons == 0 ? "short" : large,
        "2026-01-01T12:00:30Z",
        "2026-01-01T12:01:31Z",
        20,
        LoadModel.Open,
        403,
        400,
        3,
        3,
        0,
        6_667,
        Seen.TIMES,
        IntStream.range(0, reasons == 0 ? 1 : 16)
            .mapToObj(
                i ->
                    new LoadResult(
                        "l".repeat(38) + i,
                        LoadModel.Open,
                        false,
                        403,
                        400,
                        3,
                        3,
                        Long.MAX_VALUE,
                        new QueryResult(400, 99, 12_000L),
                        Seen.TIMES))
            .toList(),
        new WarmUpResult(20, 1, Seen.TIMES),
        new ColdStart(12_000, 11_000),
        tasks,
        0,
        IntStream.range(0, reasons)
            .mapToObj(i -> new FailureReason("task", "status", large, 1))
            .toList(),
        IntStream.range(0, thresholds)
            .mapToObj(
                i ->
                    new ThresholdResult(
                        "t" + i,
                        "task",
                        "surge",
                        "p95 < 200 ms",
                        "1 s",
                        null,
                        Verdict.Failed,
                        large))
            .toList(),
        IntStream.range(0, files).mapToObj(i -> new StoredFile("f" + i, large, 1)).toList(),
        null,
        null,
        null,
        List.of(),
        IntStream.range(0, reasons == 0 ? 1 : 6)
            .mapToObj(
                i ->
                    new Condition(
                        "C" + i,
                        "True",
                        "R",
                        reasons == 0 ? "m" : "m".repeat(1024),
                        "2026-01-01T12:00:00Z",
                        1L))
            .toList());
  }
}
