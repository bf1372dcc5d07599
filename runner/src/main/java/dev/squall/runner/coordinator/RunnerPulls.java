package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerLink.Pull;
import dev.squall.runner.control.RunnerState;
import dev.squall.runner.control.RunnerState.Phase;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The pulls of a run: every runner is asked at the same time, and none is waited for longer than
 * the others' next seconds can wait. Used by the coordinator's thread.
 */
final class RunnerPulls {
  /**
   * No runner gives more than this many seconds ahead of the slowest: they wait in memory, each
   * with the histograms of its series. More than those until a silent runner counts as lost.
   */
  private static final int MOST_AHEAD = 30;

  /** So many encoded seconds may come at the same time, from all runners together. */
  private static final int MOST_AT_ONCE = 4096;

  private static final Duration ANSWERS = Duration.ofMillis(900);

  private final IntervalMerge merge;
  private final Executor threads;
  private final RunClock clock;
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

  RunnerPulls(IntervalMerge merge, int runners, Executor threads, RunClock clock) {
    this.merge = merge;
    this.threads = threads;
    this.clock = clock;
    this.mostAtOnce = Math.max(2, MOST_AT_ONCE / Math.max(1, runners));
  }

  /** Asks runners for their state and their next seconds; a slow one is waited for next time. */
  void pull(List<RunnerView> asked) throws InterruptedException {
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
      return new Answer(runner, call, null, RunnerPool.reason(e));
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
      pull.each(
          second -> {
            if (merge.add(runner.index, second.snapshot())) {
              runner.pulled(second);
            }
          });
    } catch (IOException e) {
      runner.silent(RunnerPool.reason(e));
      return;
    }
    runner.answered(pull.state(), clock.nanos());
    if (ended(runner, pull.state())) {
      merge.giveUp(runner.index);
    }
  }

  /** Whether a runner has snapshots that can be pulled at once. */
  boolean behind(RunnerView runner) {
    return runner.lost().isEmpty()
        && runner.problem().isEmpty()
        && !ahead(runner)
        && runner.state().filter(s -> s.intervals() >= merge.next(runner.index)).isPresent();
  }

  private boolean ahead(RunnerView runner) {
    return merge.next(runner.index) - merge.closed() > MOST_AHEAD;
  }

  /** Whether everything that a runner will ever have was pulled. */
  private boolean ended(RunnerView runner, RunnerState state) {
    return state.phase() == Phase.Ended && state.intervals() < merge.next(runner.index);
  }
}
