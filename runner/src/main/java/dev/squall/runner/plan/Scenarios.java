package dev.squall.runner.plan;

import dev.squall.api.check.Durations;
import dev.squall.api.check.TagFilter;
import dev.squall.api.v1alpha1.Between;
import dev.squall.api.v1alpha1.Expectation;
import dev.squall.api.v1alpha1.JsonExpectation;
import dev.squall.api.v1alpha1.Request;
import dev.squall.api.v1alpha1.Tags;
import dev.squall.runner.engine.Capture;
import dev.squall.runner.engine.RequestTemplate;
import dev.squall.runner.engine.Scenario;
import dev.squall.runner.engine.Series;
import dev.squall.runner.engine.Step;
import dev.squall.runner.engine.Task;
import dev.squall.runner.engine.Wait;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Compiles scenarios, numbering series and variables on the way. */
final class Scenarios {
  private static final double NANOS_PER_SECOND = 1e9;

  private final @Nullable Tags tags;
  private final Requests requests;
  private final List<Series> series = new ArrayList<>();

  Scenarios(@Nullable Tags tags, Payloads payloads, Secrets secrets) {
    this.tags = tags;
    this.requests = new Requests(payloads, secrets);
  }

  /** The series of all scenarios compiled so far, each at its id. */
  List<Series> series() {
    return List.copyOf(series);
  }

  /** Compiles the scenarios; one that tags leave no task, which has weight 0 then, is left out. */
  List<Scenario> compile(List<dev.squall.api.v1alpha1.Scenario> specs) {
    List<Scenario> scenarios = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      dev.squall.api.v1alpha1.Scenario spec = specs.get(i);
      if (spec.tasks().stream().anyMatch(task -> TagFilter.takesPart(task, tags))) {
        scenarios.add(scenario("spec.scenarios[" + i + "]", spec));
      }
    }
    return scenarios;
  }

  private Scenario scenario(String field, dev.squall.api.v1alpha1.Scenario spec) {
    // Names of captured values in this scenario, numbered.
    Map<String, Integer> slots = new HashMap<>();
    List<Task> onStart = once(field + ".onStart", "on start", spec.onStart(), slots);
    List<Task> tasks = new ArrayList<>();
    for (int j = 0; j < spec.tasks().size(); j++) {
      dev.squall.api.v1alpha1.Task task = spec.tasks().get(j);
      if (TagFilter.takesPart(task, tags)) {
        tasks.add(task(field + ".tasks[" + j + "]", task, slots));
      }
    }
    List<Task> onStop = once(field + ".onStop", "on stop", spec.onStop(), slots);
    return new Scenario(
        spec.name(), spec.weight(), wait(spec.waitTime()), onStart, tasks, onStop, spec.cookies());
  }

  private List<Task> once(
      String field,
      String name,
      List<dev.squall.api.v1alpha1.Step> steps,
      Map<String, Integer> slots) {
    return steps.isEmpty()
        ? List.of()
        : List.of(new Task(name, 1, sequence(field, "", steps, slots)));
  }

  private Task task(String field, dev.squall.api.v1alpha1.Task spec, Map<String, Integer> slots) {
    Request request = spec.request();
    List<Step> steps =
        request != null
            ? List.of(step(field, spec.name(), request, spec.expect(), List.of(), slots))
            : sequence(field + ".steps", spec.name() + "/", spec.steps(), slots);
    return new Task(spec.name(), spec.weight(), steps);
  }

  private List<Step> sequence(
      String field,
      String prefix,
      List<dev.squall.api.v1alpha1.Step> specs,
      Map<String, Integer> slots) {
    List<Step> steps = new ArrayList<>();
    for (int i = 0; i < specs.size(); i++) {
      dev.squall.api.v1alpha1.Step spec = specs.get(i);
      steps.add(
          step(
              field + "[" + i + "]",
              prefix + spec.name(),
              spec.request(),
              spec.expect(),
              spec.captures(),
              slots));
    }
    return steps;
  }

  private Step step(
      String field,
      String name,
      Request request,
      @Nullable Expectation expect,
      List<dev.squall.api.v1alpha1.Capture> captures,
      Map<String, Integer> slots) {
    // Before its own captures are numbered: a request sees earlier ones only.
    RequestTemplate template = requests.compile(field + ".request", request, slots);
    ScannedPaths scanned = ScannedPaths.of(jsonPaths(expect, captures));
    List<Capture> taken = new ArrayList<>();
    for (dev.squall.api.v1alpha1.Capture capture : captures) {
      int slot = slots.computeIfAbsent(capture.name(), _ -> slots.size());
      taken.add(Captures.compile(slot, capture, scanned));
    }
    return new Step(
        series(name, request.method()), template, Checks.compile(expect, scanned), taken);
  }

  private static Stream<String> jsonPaths(
      @Nullable Expectation expect, List<dev.squall.api.v1alpha1.Capture> captures) {
    return Stream.concat(
        expect == null ? Stream.of() : expect.json().stream().map(JsonExpectation::path),
        captures.stream().map(dev.squall.api.v1alpha1.Capture::jsonPath).filter(Objects::nonNull));
  }

  private Series series(String name, String method) {
    Series made = new Series(series.size(), name, method);
    series.add(made);
    return made;
  }

  private static Wait wait(dev.squall.api.v1alpha1.@Nullable Wait spec) {
    if (spec == null) {
      return new Wait.None();
    }
    Between between = spec.between();
    if (between != null) {
      return new Wait.Between(nanos(between.min()), nanos(between.max()));
    }
    String constant = spec.constant();
    if (constant != null) {
      return new Wait.Constant(nanos(constant));
    }
    String pacing = spec.constantPacing();
    if (pacing != null) {
      return new Wait.Pacing(nanos(pacing));
    }
    Double throughput = spec.constantThroughput();
    if (throughput != null) {
      return new Wait.Pacing(Math.max(1, Math.round(NANOS_PER_SECOND / throughput)));
    }
    return new Wait.None();
  }

  private static long nanos(String duration) {
    return Durations.parse(duration).toNanos();
  }
}
