package dev.squall.runner.coordinator;

import dev.squall.api.wire.RunValidity;
import dev.squall.runner.control.RunnerState.StartOrder;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * The runners' clocks while the load runs, each compared with the coordinator's at its beginning
 * and every minute, without waiting for any of them. Nothing is corrected by it: a schedule never
 * steps. Used by the coordinator's thread.
 */
final class Clocks {
  static final long EVERY_NANOS = TimeUnit.MINUTES.toNanos(1);
  private static final double NANOS_PER_SECOND = 1e9;

  private final RunnerPool pool;
  private final RunClock clock;
  private final Map<RunnerView, Future<ClockOffset>> asked = new HashMap<>();
  private final Map<RunnerView, Seen> seen = new HashMap<>();
  private long nextNanos;
  private boolean begun;
  private int measurements;

  /**
   * One runner's clock.
   *
   * @param first its first offset
   * @param firstAt when that was measured
   * @param last its newest
   * @param lastAt when that was
   */
  record Seen(ClockOffset first, long firstAt, ClockOffset last, long lastAt) {
    Optional<Drift> drift() {
      double seconds = (lastAt - firstAt) / NANOS_PER_SECOND;
      return seconds < 1
          ? Optional.empty()
          : Optional.of(
              new Drift(
                  Math.round((last.nanos() - first.nanos()) / seconds),
                  (long) Math.ceil((double) (first.errorNanos() + last.errorNanos()) / seconds)));
    }
  }

  /**
   * How a clock moves against the coordinator's.
   *
   * @param nanosPerSecond how much it gains
   * @param errorNanosPerSecond the most that this can be off
   */
  record Drift(long nanosPerSecond, long errorNanosPerSecond) {}

  Clocks(RunnerPool pool, RunClock clock) {
    this.pool = pool;
    this.clock = clock;
  }

  /** Asks for the time when a minute has passed, and takes the answers that have come. */
  void tick() throws InterruptedException {
    long now = clock.nanos();
    if ((!begun || now - nextNanos >= 0) && asked.isEmpty() && pool.allAnswering()) {
      begun = true;
      nextNanos = now + EVERY_NANOS;
      for (RunnerView runner : pool.runners()) {
        if (runner.lost().isEmpty() && !pool.merge().done(runner.index)) {
          asked.put(runner, pool.offset(runner));
        }
      }
    }
    take(now);
  }

  private void take(long now) throws InterruptedException {
    if (asked.isEmpty() || !asked.values().stream().allMatch(Future::isDone)) {
      return;
    }
    boolean any = false;
    for (Map.Entry<RunnerView, Future<ClockOffset>> one : asked.entrySet()) {
      try {
        ClockOffset offset = one.getValue().get();
        any = true;
        seen.merge(
            one.getKey(),
            new Seen(offset, now, offset, now),
            (before, next) -> new Seen(before.first, before.firstAt, next.last, next.lastAt));
      } catch (ExecutionException e) {
        // Of those that do not answer the pull tells; the next minute may know more.
        one.getKey().silent(RunnerPool.reason(e.getCause()));
      }
    }
    measurements += any ? 1 : 0;
    asked.clear();
  }

  /** How far the start instants lay apart, by the first comparison; empty before. */
  Optional<ClockOffset.Skew> skew() {
    List<Long> starts = new ArrayList<>();
    List<ClockOffset> offsets = new ArrayList<>();
    seen.forEach(
        (runner, clocks) -> {
          Optional<StartOrder> order = runner.start();
          if (order.isPresent()) {
            starts.add(order.get().nanos());
            offsets.add(clocks.first);
          }
        });
    return starts.isEmpty() ? Optional.empty() : Optional.of(ClockOffset.skew(starts, offsets));
  }

  /** What the result says of the clocks; empty before they were compared. */
  Optional<RunValidity.Clocks> report() {
    Optional<Drift> worst =
        seen.values().stream()
            .flatMap(one -> one.drift().stream())
            .reduce((a, b) -> Math.abs(a.nanosPerSecond) >= Math.abs(b.nanosPerSecond) ? a : b);
    return skew()
        .map(
            skew ->
                new RunValidity.Clocks(
                    measurements,
                    skew.micros(),
                    skew.errorMicros(),
                    worst.map(Drift::nanosPerSecond).orElse(null),
                    worst.map(Drift::errorNanosPerSecond).orElse(null)));
  }
}
