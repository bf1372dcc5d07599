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
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
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
   * No runner is asked for more than this many seconds ahead of the slowest: they wait in memory.
   */
  private static final int MOST_AHEAD = 300;

  private static final int CLOCKS_AT_ONCE = 8;
  private static final Duration ANSWERS = Duration.ofMillis(900);
  private static final Logger LOG = LoggerFactory.getLogger(RunnerPool.class);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore clocksAtOnce = new Semaphore(CLOCKS_AT_ONCE);
  private final RunClock clock;
  private final List<RunnerView> runners = new ArrayList<>();
  private final IntervalMerge merge;

  RunnerPool(List<RunnerLink> links, RunClock clock) {
    this.clock = clock;
    this.merge = new IntervalMerge(links.size());
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

  /** Asks every runner for its state and its next snapshots; a slow one is waited for next time. */
  void pull() throws InterruptedException {
    for (RunnerView runner : runners) {
      if (runner.pending == null && runner.lost().isEmpty() && !ahead(runner)) {
        int next = merge.next(runner.index);
        runner.pending = threads.submit(() -> runner.link.pull(next));
      }
    }
    long deadline = System.nanoTime() + ANSWERS.toNanos();
    for (RunnerView runner : runners) {
      Future<Pull> pending = runner.pending;
      if (pending == null) {
        continue;
      }
      try {
        Pull pull = pending.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        runner.pending = null;
        if (runner.lost().isEmpty()) {
          runner.answered(pull.state(), clock.nanos());
          pull.seconds().forEach(second -> take(runner, second));
          if (ended(runner, pull.state())) {
            merge.giveUp(runner.index);
          }
        }
      } catch (TimeoutException e) {
        runner.silent("the answer takes long");
      } catch (ExecutionException e) {
        runner.pending = null;
        runner.silent(reason(e.getCause()));
      }
    }
  }

  private void take(RunnerView runner, RunnerSecond second) {
    if (merge.add(runner.index, second.snapshot())) {
      runner.measured(second);
    }
  }

  /** Whether a runner has snapshots that can be pulled at once. */
  boolean behind() {
    return runners.stream()
        .filter(r -> r.lost().isEmpty() && r.problem().isEmpty() && !ahead(r))
        .anyMatch(r -> r.state().map(s -> s.intervals() >= merge.next(r.index)).orElse(false));
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
