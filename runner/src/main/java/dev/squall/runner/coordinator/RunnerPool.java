package dev.squall.runner.coordinator;

import dev.squall.api.v1alpha1.RunnersStatus;
import dev.squall.api.wire.Summary.DatasetDigest;
import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerLink.Pull;
import dev.squall.runner.control.RunnerSecond;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All runners of a run, asked at the same time. Used by the coordinator's thread, but {@link
 * #stop}, which any thread may call.
 */
final class RunnerPool implements AutoCloseable {
  /** How long a runner may be out of reach before it counts as lost. */
  static final Duration LOST_AFTER = Duration.ofSeconds(12);

  /**
   * No runner gives more than this many seconds ahead of the slowest: they wait in memory, each
   * with the histograms of its series. More than those until a silent runner counts as lost.
   */
  private static final int MOST_AHEAD = 30;

  /** So many encoded seconds may come at the same time, from all runners together. */
  private static final int MOST_AT_ONCE = 4096;

  private static final int CLOCKS_AT_ONCE = 8;
  private static final Duration ANSWERS = Duration.ofMillis(900);
  private static final Logger LOG = LoggerFactory.getLogger(RunnerPool.class);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore clocksAtOnce = new Semaphore(CLOCKS_AT_ONCE);
  private final RunClock clock;
  private final List<RunnerView> runners = new ArrayList<>();
  private final IntervalMerge merge;
  private final BlockingQueue<Answer> answers = new LinkedBlockingQueue<>();
  private final int mostAtOnce;

  /**
   * What came of a call.
   *
   * @param call which one it was
   * @param pull the answer, null without one
   * @param problem why there is none
   */
  private record Answer(RunnerView runner, Object call, @Nullable Pull pull, String problem) {}

  RunnerPool(List<RunnerLink> links, RunClock clock) {
    this.clock = clock;
    this.merge = new IntervalMerge(links.size());
    this.mostAtOnce = Math.max(2, MOST_AT_ONCE / Math.max(1, links.size()));
    for (RunnerLink link : links) {
      runners.add(new RunnerView(runners.size(), link, clock.nanos()));
    }
  }

  /**
   * A runner's clock. Few are asked at the same time: the others' calls would make each other's
   * round trips long, and so the error large.
   */
  Future<ClockOffset> offset(RunnerView runner) {
    return threads.submit(
        () -> {
          clocksAtOnce.acquire();
          try {
            return ClockOffset.measure(runner.link, clock);
          } finally {
            clocksAtOnce.release();
          }
        });
  }

  /** A task on a thread of its own. */
  <T extends @Nullable Object> Future<T> submit(Callable<T> task) {
    return threads.submit(task);
  }

  List<RunnerView> runners() {
    return runners;
  }

  IntervalMerge merge() {
    return merge;
  }

  /** Asks every runner for its state and its next seconds; a slow one is waited for next time. */
  void pull() throws InterruptedException {
    pull(runners);
  }

  /** Asks those that have more seconds. */
  void pullBehind() throws InterruptedException {
    pull(runners.stream().filter(this::behind).toList());
  }

  private void pull(List<RunnerView> asked) throws InterruptedException {
    for (RunnerView runner : asked) {
      if (runner.pending == null && runner.lost().isEmpty()) {
        ask(runner);
      }
    }
    long waiting = asked.stream().filter(r -> r.pending != null).count();
    long deadline = System.nanoTime() + ANSWERS.toNanos();
    while (waiting > 0) {
      Answer answer = answers.poll(deadline - System.nanoTime(), TimeUnit.NANOSECONDS);
      if (answer == null) {
        break;
      }
      // Else it was given before a start that was taken since.
      if (answer.call == answer.runner.pending) {
        answer.runner.pending = null;
        waiting--;
        take(answer);
      }
    }
    for (RunnerView runner : asked) {
      if (runner.pending != null) {
        runner.silent("the answer takes long");
      }
    }
  }

  private void ask(RunnerView runner) {
    int next = merge.next(runner.index);
    // One that is too far ahead is asked for none: it must hear from us all the same.
    int most = Math.clamp(merge.closed() + MOST_AHEAD + 1 - next, 0, mostAtOnce);
    Object call = new Object();
    runner.pending = call;
    threads.execute(() -> answers.add(answer(runner, call, next, most)));
  }

  private static Answer answer(RunnerView runner, Object call, int next, int most) {
    try {
      return new Answer(runner, call, runner.link.pull(next, most), "");
    } catch (IOException | RuntimeException e) {
      return new Answer(runner, call, null, reason(e));
    }
  }

  private void take(Answer answer) {
    RunnerView runner = answer.runner;
    Pull pull = answer.pull;
    if (pull == null) {
      runner.silent(answer.problem);
      return;
    }
    if (runner.lost().isPresent()) {
      return;
    }
    try {
      for (byte[] encoded : pull.encoded()) {
        RunnerSecond second = RunnerSecond.decode(encoded);
        if (merge.add(runner.index, second.snapshot())) {
          runner.measured(second);
        }
      }
    } catch (IllegalArgumentException e) {
      runner.silent("an answer holds what is no second: " + e.getMessage());
      return;
    }
    runner.answered(pull.state(), clock.nanos());
    if (ended(runner, pull.state())) {
      merge.giveUp(runner.index);
    }
  }

  /** Whether a runner has snapshots that can be pulled at once. */
  boolean behind() {
    return runners.stream().anyMatch(this::behind);
  }

  private boolean behind(RunnerView runner) {
    return runner.lost().isEmpty()
        && runner.problem().isEmpty()
        && !ahead(runner)
        && runner.state().filter(s -> s.intervals() >= merge.next(runner.index)).isPresent();
  }

  /** Whether every runner that is not lost answered when it was last asked. */
  boolean allAnswering() {
    return runners.stream().allMatch(r -> r.lost().isPresent() || r.problem().isEmpty());
  }

  private boolean ahead(RunnerView runner) {
    return merge.next(runner.index) - merge.closed() > MOST_AHEAD;
  }

  /** Gives up the runners that are out of reach for too long, or that forgot their start. */
  void loseSilent() {
    for (RunnerView runner : runners) {
      if (runner.lost().isPresent() || merge.done(runner.index)) {
        continue;
      }
      Optional<RunnerState> state = runner.state();
      if (clock.nanos() - runner.heardNanos() > LOST_AFTER.toNanos()) {
        lose(runner, "no answer for %d s (%s)".formatted(LOST_AFTER.toSeconds(), runner.problem()));
      } else if (state.isPresent() && state.get().start() == null) {
        lose(runner, "it was never started, or began anew and forgot its start");
      }
    }
  }

  void lose(RunnerView runner, String why) {
    runner.lose(why);
    merge.giveUp(runner.index);
    LOG.error("{} is lost: {}", runner.name(), why);
  }

  /** Whether nothing more is to come. */
  boolean allDone() {
    return runners.stream().allMatch(r -> merge.done(r.index));
  }

  /** Whether everything that a runner will ever have was pulled. */
  private boolean ended(RunnerView runner, RunnerState state) {
    return state.phase() == Phase.Ended && state.intervals() < merge.next(runner.index);
  }

  /** Tells every runner to end its load, at the same time, without waiting for their answers. */
  void stop(boolean now) {
    for (RunnerView runner : runners) {
      threads.execute(() -> quietly(runner, "stop", () -> runner.link.stop(now)));
    }
  }

  /** Tells every runner to end a trial, without waiting for their answers. */
  void endTrial(int number) {
    for (RunnerView runner : runners) {
      if (runner.lost().isEmpty()) {
        threads.execute(() -> quietly(runner, "end its trial", () -> runner.link.endTrial(number)));
      }
    }
  }

  /** Tells every runner that the results are stored, and waits for their answers. */
  void stored() throws InterruptedException {
    List<Future<?>> calls = new ArrayList<>();
    for (RunnerView runner : runners) {
      if (runner.lost().isEmpty()) {
        calls.add(threads.submit(() -> quietly(runner, "be told", () -> runner.link.stored())));
      }
    }
    for (Future<?> call : calls) {
      try {
        call.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException(e.getCause());
      }
    }
  }

  RunnersStatus status(Optional<ClockOffset.Skew> skew) {
    int ready = 0;
    int finished = 0;
    int lost = 0;
    for (RunnerView runner : runners) {
      boolean gone = runner.lost().isPresent();
      lost += gone ? 1 : 0;
      ready += runner.state().isPresent() && !runner.is(Phase.Preparing) ? 1 : 0;
      finished += !gone && runner.is(Phase.Ended) ? 1 : 0;
    }
    return new RunnersStatus(
        runners.size(),
        ready,
        finished,
        lost,
        skew.map(ClockOffset.Skew::micros).orElse(null),
        skew.map(ClockOffset.Skew::errorMicros).orElse(null));
  }

  /** The datasets as the first runner that answered reads them. */
  List<DatasetDigest> datasets() {
    return runners.stream()
        .flatMap(r -> r.state().stream())
        .map(RunnerState::datasets)
        .findFirst()
        .orElse(List.of());
  }

  private interface Call {
    void run() throws IOException;
  }

  private static void quietly(RunnerView runner, String what, Call call) {
    try {
      call.run();
    } catch (IOException e) {
      LOG.warn("{} could not {}: {}", runner.name(), what, reason(e));
    }
  }

  static String reason(@Nullable Throwable e) {
    if (e == null) {
      return "unknown";
    }
    // The HTTP client's own exceptions often have no message; their class then says what happened.
    return e.getMessage() == null ? e.getClass().getSimpleName() : e.getMessage();
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
