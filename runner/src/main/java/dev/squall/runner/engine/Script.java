package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Dataset;
import dev.squall.runner.engine.payload.Generator;
import dev.squall.runner.engine.payload.Weights;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** A scenario ready to be run: requests encoded as far as they do not vary. Immutable. */
final class Script {
  final Wait pause;
  final Request[][] onStart;
  final Request[][] tasks;
  final Request[][] onStop;
  final Weights weights;
  final int captureSlots;

  /** Whether one who follows it carries anything from one request to the next. */
  final boolean carries;

  /** Requests of all onStop tasks: what a user's budget keeps for its end. */
  final int onStopRequests;

  Script(Scenario scenario, Endpoint target, EngineOptions options) {
    pause = scenario.pause();
    onStart = requests(scenario.onStart(), scenario.cookies(), target, options);
    tasks = requests(scenario.tasks(), scenario.cookies(), target, options);
    onStop = requests(scenario.onStop(), scenario.cookies(), target, options);
    weights = new Weights(scenario.tasks().stream().mapToDouble(Task::weight).toArray());
    onStopRequests = scenario.onStop().stream().mapToInt(task -> task.steps().size()).sum();
    captureSlots =
        scenario
            .steps()
            .flatMapToInt(
                step ->
                    java.util.stream.IntStream.concat(
                        step.captures().stream().mapToInt(Capture::slot),
                        slotsUsed(step.request())))
            .map(slot -> slot + 1)
            .max()
            .orElse(0);
    carries =
        captureSlots > 0
            || Stream.of(onStart, tasks, onStop)
                .flatMap(Arrays::stream)
                .flatMap(Arrays::stream)
                .anyMatch(request -> request.browses || request.datasets.length > 0);
  }

  private static Request[][] requests(
      List<Task> tasks, boolean cookies, Endpoint target, EngineOptions options) {
    return tasks.stream()
        .map(
            task ->
                task.steps().stream()
                    .map(step -> new Request(step, cookies, target, options))
                    .toArray(Request[]::new))
        .toArray(Request[][]::new);
  }

  private static java.util.stream.IntStream slotsUsed(RequestTemplate request) {
    return request
        .templates()
        .flatMap(template -> template.parts().stream())
        .mapMulti(
            (Template.Part part, Consumer<Integer> slots) -> {
              if (part instanceof Template.Captured captured) {
                slots.accept(captured.slot());
              }
            })
        .mapToInt(Integer::intValue);
  }

  /** A step ready to be run. */
  static final class Request {
    final RequestEncoder encoder;
    final int series;
    final boolean head;
    final long timeoutNanos;
    final Needs needs;
    final boolean cookies;
    final int redirects;

    /** How the answer is streamed, null if it is taken as a whole. */
    final RequestTemplate.@Nullable Streaming streaming;

    /** Whether the user does as a browser would: keeps cookies, or follows redirects. */
    final boolean browses;

    /** Scheme and authority of the target. */
    final String origin;

    final Check[] checks;
    final Capture[] captures;
    final Refusal[] notCaptured;

    /** Datasets that it draws from. */
    final Dataset[] datasets;

    private Request(Step step, boolean cookies, Endpoint target, EngineOptions options) {
      RequestTemplate template = step.request();
      encoder = new RequestEncoder(template, target, options);
      series = step.series().id();
      head = template.method().equals("HEAD");
      timeoutNanos = template.timeoutNanos();
      this.cookies = cookies;
      redirects = template.followRedirects();
      streaming = template.streaming();
      browses = cookies || redirects > 0;
      origin = (target.tls() ? "https://" : "http://") + target.authority();
      needs = browses ? step.needs().and(Needs.HEADERS) : step.needs();
      checks = step.checks().toArray(Check[]::new);
      captures = step.captures().toArray(Capture[]::new);
      notCaptured =
          step.captures().stream()
              .map(
                  capture ->
                      new Refusal(
                          dev.squall.runner.recording.FailureKind.EXPECTATION,
                          capture.from() + ": nothing to capture as " + capture.name()))
              .toArray(Refusal[]::new);
      Set<Dataset> found = new LinkedHashSet<>();
      if (template.body() instanceof RequestTemplate.Json(Generator value, long _)) {
        value.datasets(found::add);
      }
      template
          .templates()
          .flatMap(t -> t.parts().stream())
          .forEach(
              part -> {
                if (part instanceof Template.Drawn drawn) {
                  drawn.value().datasets(found::add);
                }
              });
      datasets = found.toArray(Dataset[]::new);
    }
  }
}
