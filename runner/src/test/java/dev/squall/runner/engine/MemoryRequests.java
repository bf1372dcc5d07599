package dev.squall.runner.engine;

import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.Interval;
import dev.squall.runner.recording.Levels;
import dev.squall.runner.recording.Snapshot;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * A few requests over HTTP/2 that begin at once, the second a POST of a large body, and what each
 * of them comes to. Only their event loop calls it.
 */
final class MemoryRequests {
  /** Longer than any test takes. */
  static final Duration TIMEOUT = Duration.ofHours(1);

  /** More than a target takes before it says that it takes more. */
  private static final String LARGE = "x".repeat(66_000);

  final Workload workload;
  private final Script script;
  private final @Nullable String[] answers;
  private final boolean[] over;

  MemoryRequests(Endpoint endpoint, EngineOptions options, int count) {
    answers = new @Nullable String[count];
    over = new boolean[count];
    Workloads workloads = Workloads.to(endpoint).timeout(TIMEOUT).lasting(TIMEOUT);
    IntStream.range(0, count).forEach(i -> workloads.task(1, step(workloads, i)));
    workload = workloads.build();
    script = new Script(workload.scenarios().getFirst(), endpoint, options);
  }

  private Step step(Workloads workloads, int number) {
    boolean post = number == 1;
    return workloads.step(
        Integer.toString(number),
        post ? "POST" : "GET",
        Template.of("/" + number),
        post
            ? new RequestTemplate.Text(Template.of(LARGE), "text/plain")
            : new RequestTemplate.Empty(),
        List.of(noting(number)),
        List.of());
  }

  /** Takes note of an answer: status, one header, body. */
  private Check noting(int number) {
    return new Check() {
      @Override
      public Needs needs() {
        return Needs.BODY;
      }

      @Override
      public @Nullable Refusal check(Response response) {
        answers[number] =
            response.status() + " " + response.header("x-tag") + " " + response.bodyText();
        return null;
      }
    };
  }

  /** Begins all of them, each a moment after the one before. */
  void begin(UserLoop loop) {
    Arrays.fill(answers, null);
    Arrays.fill(over, false);
    ClosedRun run = new ClosedRun(loop, 0, (Load.Closed) workload.loads().getFirst());
    long now = System.nanoTime();
    for (int i = 0; i < over.length; i++) {
      Script.Request request = script.tasks[i][0];
      new Exchange(run, owner(i), i, 0, Carried.of(script, 0), request)
          .start(request, 0, 0, now + i, 0, now + i);
    }
  }

  private Exchange.Owner owner(int number) {
    return new Exchange.Owner() {
      @Override
      public void completed(long doneNanos, boolean failed) {
        if (over[number]) {
          throw new AssertionError("a request that ended twice");
        }
        over[number] = true;
      }

      @Override
      public void interrupted(long nowNanos) {
        throw new AssertionError("nobody interrupts");
      }
    };
  }

  /** Of each the answer, or the kind and reason of its failure. */
  List<String> outcomes(UserLoop loop) {
    Interval interval = loop.swap();
    Snapshot cut = Interval.snapshot(1, Levels.NONE, false, List.of(interval));
    interval.reset();
    @Nullable String[] each = answers.clone();
    for (FailureCount failure : cut.failures()) {
      int number = Integer.parseInt(failure.series());
      if (failure.count() != 1 || each[number] != null) {
        throw new AssertionError("more than one outcome of a request: " + failure);
      }
      each[number] = failure.kind() + ": " + failure.reason();
    }
    for (int i = 0; i < each.length; i++) {
      if (!over[i] || each[i] == null) {
        throw new AssertionError("no outcome of request " + i + " of " + Arrays.asList(each));
      }
    }
    return List.of(each);
  }
}
