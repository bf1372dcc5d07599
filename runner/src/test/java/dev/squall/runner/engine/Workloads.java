package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Dataset;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Integers;
import dev.squall.runner.engine.payload.ObjectOf;
import dev.squall.runner.recording.FailureKind;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Workloads for tests: one load, one scenario, tasks added one by one. */
final class Workloads {
  /** Accepts statuses below 400, as a request without an expectation does. */
  static final Check BELOW_400 =
      new Check() {
        @Override
        public Needs needs() {
          return Needs.STATUS;
        }

        @Override
        public @Nullable Refusal check(Response response) {
          return response.status() < 400
              ? null
              : new Refusal(FailureKind.STATUS, "status " + response.status());
        }
      };

  private static final ObjectOf PATIENT =
      new ObjectOf(
          List.of(
              new ObjectOf.Field("age", new Integers(29, 77)),
              new ObjectOf.Field("cp", new Integers(0, 3))));

  private final Endpoint endpoint;
  private final List<Series> series = new ArrayList<>();
  private final List<Task> onStart = new ArrayList<>();
  private final List<Task> tasks = new ArrayList<>();
  private final List<Task> onStop = new ArrayList<>();
  private boolean cookies;
  private long seed = 42;
  private Wait wait = new Wait.None();
  private int users = 1;
  private double spawnRate = 1e9;
  private OptionalLong duration = OptionalLong.empty();
  private OptionalLong requests = OptionalLong.empty();
  // Long enough for any machine: what a test wants to end by one of these sets it.
  private Duration gracefulStop = Duration.ofSeconds(20);
  private Duration timeout = Duration.ofSeconds(40);

  private List<Dataset> datasets = List.of();
  private final List<Load> loads = new ArrayList<>();

  private Workloads(Endpoint endpoint) {
    this.endpoint = endpoint;
  }

  /** Accepts a body by its text; the reason of any other answer is {@code otherwise}. */
  static Check body(Predicate<String> accepted, String otherwise) {
    return new Check() {
      @Override
      public Needs needs() {
        return Needs.BODY;
      }

      @Override
      public @Nullable Refusal check(Response response) {
        return accepted.test(response.bodyText())
            ? null
            : new Refusal(FailureKind.EXPECTATION, otherwise);
      }
    };
  }

  static Workloads to(int port) {
    return new Workloads(new Endpoint(false, "127.0.0.1", port, ""));
  }

  static Workloads to(Endpoint endpoint) {
    return new Workloads(endpoint);
  }

  Workloads users(int number) {
    users = number;
    return this;
  }

  Workloads spawnRate(double perSecond) {
    spawnRate = perSecond;
    return this;
  }

  Workloads seed(long value) {
    seed = value;
    return this;
  }

  Workloads lasting(Duration length) {
    duration = OptionalLong.of(length.toNanos());
    return this;
  }

  Workloads requests(long number) {
    requests = OptionalLong.of(number);
    return this;
  }

  Workloads gracefulStop(Duration length) {
    gracefulStop = length;
    return this;
  }

  Workloads timeout(Duration length) {
    timeout = length;
    return this;
  }

  Workloads pause(Wait pause) {
    wait = pause;
    return this;
  }

  Workloads get(String path) {
    return task(1, get(path, path, List.of(BELOW_400), List.of()));
  }

  Workloads task(double weight, Step... steps) {
    tasks.add(new Task("task " + tasks.size(), weight, List.of(steps)));
    return this;
  }

  /** Another task, its series made by the caller. */
  Workloads with(Series row, Step step) {
    series.add(row);
    return task(1, step);
  }

  Workloads cookies() {
    cookies = true;
    return this;
  }

  Workloads onStart(Step... steps) {
    onStart.add(new Task("start", 1, List.of(steps)));
    return this;
  }

  Workloads onStop(Step... steps) {
    onStop.add(new Task("stop", 1, List.of(steps)));
    return this;
  }

  Step get(String name, String path, List<Check> checks, List<Capture> captures) {
    return step(name, "GET", Template.of(path), new RequestTemplate.Empty(), checks, captures);
  }

  /** A POST of JSON that is generated for each request. */
  Step predict() {
    return step(
        "predict",
        "POST",
        Template.of("/predict"),
        new RequestTemplate.Json(PATIENT, Draw.ROOT),
        List.of(BELOW_400),
        List.of());
  }

  /** A GET whose answer is streamed, with what is checked of it. */
  Workloads streamed(RequestTemplate.Streaming streaming, Check... checks) {
    Series row = new Series(series.size(), "stream", "GET");
    RequestTemplate request =
        new RequestTemplate(
            "GET",
            Template.of("/stream"),
            List.of(),
            new RequestTemplate.Empty(),
            timeout.toNanos(),
            0,
            streaming);
    return with(row, new Step(row, request, List.of(checks), List.of()));
  }

  Step step(
      String name,
      String method,
      Template target,
      RequestTemplate.Body body,
      List<Check> checks,
      List<Capture> captures) {
    Series row = new Series(series.size(), name, method);
    series.add(row);
    return new Step(
        row,
        new RequestTemplate(method, target, List.of(), body, timeout.toNanos()),
        checks,
        captures);
  }

  /** Adds a load, in place of the one closed load. */
  Workloads load(Load load) {
    loads.add(load);
    return this;
  }

  Workloads datasets(Dataset... used) {
    datasets = List.of(used);
    return this;
  }

  private Load closed() {
    return new Load.Closed(
        Load.Terms.of("load", duration, gracefulStop.toNanos()),
        new Population.Spawned(users, spawnRate),
        requests,
        OptionalLong.empty());
  }

  Workload build() {
    return new Workload(
        seed,
        endpoint,
        loads.isEmpty() ? List.of(closed()) : loads,
        List.of(new Scenario("scenario", 1, wait, onStart, tasks, onStop, cookies)),
        series,
        datasets);
  }
}
