package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Scenario;
import dev.squall.api.v1alpha1.Step;
import dev.squall.api.v1alpha1.Task;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.StreamTimes;
import dev.squall.runner.recording.Times;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Which series a task's requests are counted in: its own for a task of one request, one for each
 * step ({@code <task>/<step>}) for a sequence, one named like the step for steps of onStart and
 * onStop. A row of a sequence may also be named by itself. Those of the same name in several
 * scenarios are one.
 */
final class TaskSeries {
  private final Map<String, Set<String>> names = new HashMap<>();

  TaskSeries(LoadTestSpec test) {
    for (Scenario scenario : test.scenarios()) {
      scenario.tasks().forEach(this::add);
      Stream.concat(scenario.onStart().stream(), scenario.onStop().stream())
          .forEach(step -> series(step.name()).add(step.name()));
    }
  }

  private void add(Task task) {
    Set<String> series = series(task.name());
    if (task.steps().isEmpty()) {
      series.add(task.name());
    } else {
      for (Step step : task.steps()) {
        String row = task.name() + "/" + step.name();
        series.add(row);
        series(row).add(row);
      }
    }
  }

  private Set<String> series(String name) {
    return names.computeIfAbsent(name, n -> new HashSet<>());
  }

  /** The sum of all of a task's series. */
  SeriesSnapshot sum(String task, List<SeriesSnapshot> all) {
    Set<String> mine = names.getOrDefault(task, Set.of());
    return sum(all.stream().filter(one -> mine.contains(one.name())).toList());
  }

  /** The sum of these series, without a name. */
  static SeriesSnapshot sum(List<SeriesSnapshot> all) {
    long requests = 0;
    long failures = 0;
    long bytes = 0;
    Times responseTime = new Times();
    Times serviceTime = new Times();
    Times queueing = new Times();
    StreamTimes stream = StreamTimes.none();
    for (SeriesSnapshot one : all) {
      requests += one.requests();
      failures += one.failures();
      bytes += one.contentBytes();
      responseTime.add(one.responseTime());
      serviceTime.add(one.serviceTime());
      queueing.add(one.queueing());
      stream.add(one.stream());
    }
    return new SeriesSnapshot(
        "", "", "", requests, failures, responseTime, serviceTime, queueing, bytes, stream);
  }
}
