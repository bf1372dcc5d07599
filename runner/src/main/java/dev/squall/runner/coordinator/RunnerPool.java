package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerLink;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * All runners of a run, asked at the same time. Used by the coordinator's thread, but {@link
 * #orders}, which any thread may give.
 */
final class RunnerPool implements AutoCloseable {
  /** How long a runner may be out of reach before it counts as lost. */
  static final Duration LOST_AFTER = Duration.ofSeconds(12);

  private static final int CLOCKS_AT_ONCE = 8;
  private static final Logger LOG = LoggerFactory.getLogger(RunnerPool.class);

  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final Semaphore clocksAtOnce = new Semaphore(CLOCKS_AT_ONCE);
  private final RunClock clock;
  private final List<RunnerView> runners = new ArrayList<>();
  private final IntervalMerge merge;
  private final RunnerPulls pulls;
  private final RunnerOrders orders;

  RunnerPool(List<RunnerLink> links, RunClock clock) {
    this.clock = clock;
    this.merge = new IntervalMerge(links.size());
    for (RunnerLink link : links) {
      runners.add(new RunnerView(runners.size(), link, clock.nanos()));
    }
    this.pulls = new RunnerPulls(merge, links.size(), threads, clock);
    this.orders = new RunnerOrders(runners, threads);
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

  /** What all runners are told. */
  RunnerOrders orders() {
    return orders;
  }

  /** Asks every runner for its state and its next seconds; a slow one is waited for next time. */
  void pull() throws InterruptedException {
    pulls.pull(runners);
  }

  /** Asks those that have more seconds. */
  void pullBehind() throws InterruptedException {
    pulls.pull(runners.stream().filter(pulls::behind).toList());
  }

  /** Whether a runner has snapshots that can be pulled at once. */
  boolean behind() {
    return runners.stream().anyMatch(pulls::behind);
  }

  /** Whether every runner that is not lost answered when it was last asked. */
  boolean allAnswering() {
    return runners.stream().allMatch(r -> r.lost().isPresent() || r.problem().isEmpty());
  }

  /** Whether any runner is lost, or has ended and takes no further trial. */
  boolean anyGone() {
    return runners.stream().anyMatch(r -> r.lost().isPresent() || r.is(Phase.Ended));
  }

  /** Whether every runner that is not lost waits for a start. */
  boolean allReady() {
    return runners.stream().filter(r -> r.lost().isEmpty()).allMatch(r -> r.is(Phase.Ready));
  }

  /** Number of the newest interval that any runner keeps, as it said when it was last asked. */
  int newestInterval() {
    return runners.stream()
        .flatMap(r -> r.state().stream())
        .mapToInt(RunnerState::intervals)
        .max()
        .orElse(0);
  }

  /** What the runners measure of themselves counts from here on. */
  void measuredAnew() {
    runners.forEach(RunnerView::measuredAnew);
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
