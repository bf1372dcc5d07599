package dev.squall.runner.coordinator;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * What all runners of a run are told at the same time, but the start. One that is out of reach is
 * logged; whoever must be heard by it tells it again. Thread-safe.
 */
final class RunnerOrders {
  private static final Logger LOG = LoggerFactory.getLogger(RunnerOrders.class);

  private final List<RunnerView> runners;
  private final ExecutorService threads;

  RunnerOrders(List<RunnerView> runners, ExecutorService threads) {
    this.runners = runners;
    this.threads = threads;
  }

  /** Tells every runner to end its load, without waiting for their answers. */
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

  private interface Call {
    void run() throws IOException;
  }

  private static void quietly(RunnerView runner, String what, Call call) {
    try {
      call.run();
    } catch (IOException e) {
      LOG.warn("{} could not {}: {}", runner.name(), what, RunnerPool.reason(e));
    }
  }
}
