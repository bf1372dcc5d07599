package dev.squall.api.check;

import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Request;
import dev.squall.api.v1alpha1.Scenario;
import dev.squall.api.v1alpha1.Step;
import dev.squall.api.v1alpha1.Task;
import dev.squall.api.v1alpha1.Threshold;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Thresholds: on rows that the results will have, each name once. */
final class ThresholdCheck {
  private final LoadTestSpec spec;
  private final Findings findings;

  ThresholdCheck(LoadTestSpec spec, Findings findings) {
    this.spec = spec;
    this.findings = findings;
  }

  void check() {
    Map<String, String> seen = new HashMap<>();
    for (int i = 0; i < spec.thresholds().size(); i++) {
      Threshold threshold = spec.thresholds().get(i);
      String path = "spec.thresholds[" + i + "]";
      String name = threshold.name();
      String before = name == null ? null : seen.putIfAbsent(name, path);
      if (before != null) {
        findings.add(path + ".name", "'" + name + "' is already the name of " + before);
      }
      String task = threshold.task();
      List<Scenario> followed = followed(threshold.load());
      if (task != null) {
        row(path + ".task", task);
        if (followed.stream().noneMatch(scenario -> has(scenario, task))
            && spec.scenarios().stream().anyMatch(scenario -> has(scenario, task))) {
          findings.add(
              path + ".load",
              "load '"
                  + threshold.load()
                  + "' follows no scenario with '"
                  + task
                  + "': name another load or task, or add the scenario to the load's scenarios");
        }
      }
      if ((threshold.timeToFirst() != null || threshold.timeBetween() != null)
          && !streams(followed, task)) {
        findings.add(
            path,
            (task == null ? "no request of the test" : "no request of '" + task + "'")
                + " has stream, without which no answer's parts are timed: set stream, or limit"
                + " responseTime");
      }
    }
  }

  /** The scenarios of a load; all, where it names none or there is no such load. */
  private List<Scenario> followed(@Nullable String load) {
    return spec.scenarios().stream()
        .filter(
            scenario ->
                spec.loads().stream()
                    .filter(one -> one.name().equals(load))
                    .allMatch(
                        one ->
                            one.scenarios().isEmpty() || one.scenarios().contains(scenario.name())))
        .toList();
  }

  private static boolean has(Scenario scenario, String row) {
    return scenario.tasks().stream()
            .anyMatch(task -> task.name().equals(row) || row.startsWith(task.name() + "/"))
        || Stream.concat(scenario.onStart().stream(), scenario.onStop().stream())
            .anyMatch(step -> step.name().equals(row));
  }

  /** Whether the requests of a row, or of all the scenarios, include one with a streamed answer. */
  private static boolean streams(List<Scenario> scenarios, @Nullable String row) {
    for (Scenario scenario : scenarios) {
      for (Task task : scenario.tasks()) {
        Request request = task.request();
        boolean one = request != null && request.stream() != null;
        if ((one && (row == null || row.equals(task.name())))
            || streams(task.steps(), task.name() + "/", row)) {
          return true;
        }
      }
      if (streams(scenario.onStart(), "", row) || streams(scenario.onStop(), "", row)) {
        return true;
      }
    }
    return false;
  }

  private static boolean streams(List<Step> steps, String prefix, @Nullable String row) {
    return steps.stream()
        .filter(step -> step.request().stream() != null)
        .anyMatch(step -> row == null || row.equals(prefix + step.name()));
  }

  /** The schema's rule has seen that a task, or a task whose step is meant, exists. */
  private void row(String path, String row) {
    for (Scenario scenario : spec.scenarios()) {
      for (Task task : scenario.tasks()) {
        if (task.name().equals(row) || row.startsWith(task.name() + "/")) {
          onTask(path, row, task);
          return;
        }
      }
    }
  }

  private void onTask(String path, String row, Task task) {
    if (!TagFilter.takesPart(task, spec.tags())) {
      findings.add(
          path, "task '" + task.name() + "' is excluded by spec.tags: remove the threshold");
    } else if (task.name().equals(row)) {
      if (task.request() == null) {
        findings.add(
            path,
            "task '"
                + row
                + "' is a sequence, whose rows are its steps: name one of its steps, such as "
                + row
                + "/"
                + task.steps().getFirst().name());
      }
    } else {
      String step = row.substring(task.name().length() + 1);
      if (task.steps().stream().noneMatch(one -> one.name().equals(step))) {
        findings.add(path, "task '" + task.name() + "' has no step '" + step + "'");
      }
    }
  }
}
