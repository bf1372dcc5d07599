package dev.squall.runner.coordinator;

import dev.squall.runner.control.RunnerState.StartOrder;
import dev.squall.runner.control.RunnerState.Trial;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/**
 * The instant at which all runners begin: measured clocks, and one order for each. Used by the
 * coordinator's thread.
 */
final class StartInstant {
  private final RunnerPool pool;
  private final RunClock clock;

  StartInstant(RunnerPool pool, RunClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /**
   * Names one start instant to all runners that have none, each on its own clock, and tells again
   * those that did not answer, until the instant has passed; one that never answered is lost.
   *
   * @param wanted the start instant on the coordinator's clock
   * @param epochMillis the same on the wall clock
   * @param trial the trial that starts, null for the whole load
   */
  void order(long wanted, long epochMillis, @Nullable Trial trial, List<ClockOffset> offsets)
      throws InterruptedException {
    Map<RunnerView, StartOrder> orders = new LinkedHashMap<>();
    for (RunnerView runner : pool.runners()) {
      if (runner.lost().isEmpty() && !hasStart(runner, trial)) {
        long nanos = wanted + offsets.get(runner.index).nanos();
        orders.put(runner, new StartOrder(nanos, epochMillis, trial));
      }
    }
    while (!orders.isEmpty()) {
      if (clock.nanos() - wanted >= 0) {
        orders
            .keySet()
            .forEach(
                r ->
                    pool.lose(
                        r,
                        r.problem().isEmpty()
                            ? "the start instant had passed before it was told"
                            : "it could not be told the start: " + r.problem()));
        return;
      }
      Map<RunnerView, Future<@Nullable Void>> calls = new LinkedHashMap<>();
      orders.forEach(
          (runner, order) ->
              calls.put(
                  runner,
                  pool.submit(
                      () -> {
                        runner.link.start(order);
                        return null;
                      })));
      for (Map.Entry<RunnerView, Future<@Nullable Void>> call : calls.entrySet()) {
        try {
          call.getValue().get();
          StartOrder taken = orders.remove(call.getKey());
          if (taken != null) {
            call.getKey().started(taken);
          }
        } catch (ExecutionException e) {
          call.getKey().silent(RunnerPool.reason(e.getCause()));
        }
      }
      if (!orders.isEmpty()) {
        clock.sleep(TimeUnit.MILLISECONDS.toNanos(100));
      }
    }
  }

  private static boolean hasStart(RunnerView runner, @Nullable Trial trial) {
    return runner.start().filter(s -> Objects.equals(s.trial(), trial)).isPresent();
  }

  /** Each runner's clock offset; empty while one of those not lost does not answer. */
  Optional<List<ClockOffset>> offsets() throws InterruptedException {
    List<Future<ClockOffset>> calls = new ArrayList<>();
    for (RunnerView runner : pool.runners()) {
      calls.add(
          runner.lost().isPresent()
              ? CompletableFuture.completedFuture(new ClockOffset(0, 0))
              : pool.offset(runner));
    }
    List<ClockOffset> offsets = new ArrayList<>();
    for (int i = 0; i < calls.size(); i++) {
      try {
        offsets.add(calls.get(i).get());
      } catch (ExecutionException e) {
        pool.runners().get(i).silent(RunnerPool.reason(e.getCause()));
      }
    }
    return offsets.size() == pool.runners().size() ? Optional.of(offsets) : Optional.empty();
  }
}
