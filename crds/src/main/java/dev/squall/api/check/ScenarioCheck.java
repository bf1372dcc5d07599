package dev.squall.api.check;

import dev.squall.api.v1alpha1.Capture;
import dev.squall.api.v1alpha1.Expectation;
import dev.squall.api.v1alpha1.LoadTestSpec;
import dev.squall.api.v1alpha1.Request;
import dev.squall.api.v1alpha1.Scenario;
import dev.squall.api.v1alpha1.Step;
import dev.squall.api.v1alpha1.Tags;
import dev.squall.api.v1alpha1.Task;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** Scenarios: each row's name once, captures before their use, tags that leave tasks. */
final class ScenarioCheck {
  private final LoadTestSpec spec;
  private final Names names;
  private final Findings findings;
  private final RequestCheck requests;

  /** Name of a row of the results → the field that made it. */
  private final Map<String, String> rows = new HashMap<>();

  ScenarioCheck(LoadTestSpec spec, Names names, Findings findings) {
    this.spec = spec;
    this.names = names;
    this.findings = findings;
    this.requests = new RequestCheck(names, findings);
  }

  void check() {
    for (int i = 0; i < spec.scenarios().size(); i++) {
      Scenario scenario = spec.scenarios().get(i);
      String path = "spec.scenarios[" + i + "]";
      // A user keeps what it captured: what onStart took is there in all that follows.
      Set<String> kept = sequence(path + ".onStart", "", scenario.onStart(), Set.of());
      for (int j = 0; j < scenario.tasks().size(); j++) {
        task(path + ".tasks[" + j + "]", scenario.tasks().get(j), kept);
      }
      sequence(path + ".onStop", "", scenario.onStop(), kept);
    }
    tags();
  }

  private void task(String path, Task task, Set<String> kept) {
    Request request = task.request();
    if (request != null) {
      row(path + ".name", task.name());
      one(path, request, task.expect(), kept);
    } else {
      sequence(path + ".steps", task.name() + "/", task.steps(), kept);
    }
  }

  private Set<String> sequence(String path, String prefix, List<Step> steps, Set<String> kept) {
    Set<String> captured = new LinkedHashSet<>(kept);
    for (int i = 0; i < steps.size(); i++) {
      Step step = steps.get(i);
      String at = path + "[" + i + "]";
      row(at + ".name", prefix + step.name());
      one(at, step.request(), step.expect(), captured);
      for (int j = 0; j < step.captures().size(); j++) {
        capture(at + ".captures[" + j + "]", step.captures().get(j));
        captured.add(step.captures().get(j).name());
      }
    }
    return captured;
  }

  private void one(
      String path, Request request, @Nullable Expectation expect, Set<String> captured) {
    requests.check(path + ".request", request, captured);
    if (expect != null) {
      ExpectationCheck.check(path + ".expect", expect, request.timeout(), findings);
    }
  }

  private void capture(String path, Capture capture) {
    if (names.payloads().containsKey(capture.name())) {
      findings.add(
          path + ".name",
          "there is a payload of that name, and ${"
              + capture.name()
              + "} means one of them: rename one");
    }
    String jsonPath = capture.jsonPath();
    if (jsonPath != null) {
      findings.jsonPath(path + ".jsonPath", jsonPath);
    }
    String regex = capture.regex();
    if (regex != null) {
      findings.regex(path + ".regex", regex);
    }
  }

  private void row(String field, String name) {
    String before = rows.putIfAbsent(name, field);
    if (before != null) {
      findings.add(
          field,
          "'" + name + "' is already the name of " + before + ", and names rows of the results");
    }
  }

  private void tags() {
    Tags tags = spec.tags();
    if (tags == null) {
      return;
    }
    for (int i = 0; i < spec.scenarios().size(); i++) {
      Scenario scenario = spec.scenarios().get(i);
      if (scenario.weight() > 0
          && scenario.tasks().stream()
              .noneMatch(task -> task.weight() > 0 && TagFilter.takesPart(task, tags))) {
        findings.add(
            "spec.tags",
            "include and exclude leave no task with a weight above 0 in scenario '"
                + scenario.name()
                + "': change them, or give the scenario weight 0");
      }
    }
  }
}
