package dev.squall.runner.engine;

import dev.squall.runner.engine.arrival.ArrivalCursor;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import dev.squall.runner.engine.arrival.Arrivals;
import dev.squall.runner.engine.arrival.Bounds;
import dev.squall.runner.engine.arrival.Per;
import dev.squall.runner.engine.arrival.RateProfile;
import dev.squall.runner.engine.arrival.RateSchedule;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.Times;
import java.time.Duration;
import java.util.Arrays;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;

/**
 * One run against a target on loopback that answers in 1 ms and freezes: what was measured, and the
 * truth by the target's own log.
 *
 * @param schedule when arrivals were due
 * @param measured what the engine recorded
 * @param truth from the instant an arrival was due until the target wrote its answer
 * @param connections how many the target accepted
 * @param served how many answers it wrote
 * @param keptNanos longest that a sleeping thread of this process, or the event loop, was kept from
 *     waking meanwhile
 */
record StallProof(
    ArrivalSchedule schedule,
    Merged measured,
    Times truth,
    int connections,
    int served,
    long keptNanos) {
  static final double[] PERCENTILES = {50, 75, 90, 95, 99, 99.9};
  private static final long SECOND = 1_000_000_000L;

  /** Arrivals at 2,000 a second, Poisson or constant. */
  static ArrivalSchedule schedule(boolean poisson, int seconds) {
    return RateSchedule.of(
        poisson ? new Arrivals.Poisson(false) : new Arrivals.Regular(),
        RateProfile.constant(2000, Per.SECOND),
        Bounds.duration(seconds * SECOND),
        7);
  }

  /**
   * Runs one.
   *
   * @param bound most in flight, all connections of which are opened before
   * @param freezes seconds after the start at which the target freezes, for a second each
   */
  static StallProof run(ArrivalSchedule schedule, int bound, int... freezes) throws Exception {
    try (FreezingTarget target = new FreezingTarget(SECOND / 1000)) {
      Workload workload =
          Workloads.to(target.port())
              .timeout(Duration.ofSeconds(10))
              .load(
                  new Load.Open(
                      Load.Terms.of("open", OptionalLong.empty(), 10 * SECOND),
                      schedule,
                      bound,
                      Load.Overflow.WAIT,
                      bound))
              .get("/")
              .build();
      EngineOptions options =
          TestedOptions.ofEnvironment().withEventLoops(1).withTraceHeaders(true);
      try (Engine engine = Engine.create(workload, Share.whole(), options);
          Canary canary = new Canary()) {
        long start = System.nanoTime() + SECOND;
        target.freeze(SECOND, Arrays.stream(freezes).mapToLong(s -> start + s * SECOND).toArray());
        engine.start(start);
        engine.completion().get(60, TimeUnit.SECONDS);
        Merged merged = new Merged();
        merged.add(engine.cut(1));
        // It notes an answer after it has written it.
        LifeIT.await(() -> target.served() >= merged.requests());
        return new StallProof(
            schedule,
            merged,
            truth(target, schedule, start),
            target.connections(),
            target.served(),
            Math.max(canary.worstNanos(), engine.lag().maxNanos()));
      }
    }
  }

  private static Times truth(FreezingTarget target, ArrivalSchedule schedule, long start) {
    Times times = new Times();
    ArrivalCursor cursor = schedule.cursor();
    for (; cursor.nanos() != ArrivalSchedule.NONE; cursor.advance()) {
      times.record(target.replyNanos((int) cursor.index()) - start - cursor.nanos());
    }
    return times;
  }

  /** A line for each percentile: measured, true, and how the measured time is made up. */
  String table() {
    var total = measured.total("");
    StringBuilder table =
        new StringBuilder(
            "connections %d, lateness p50 %d p99 %d max %d µs, kept %d µs%n"
                .formatted(
                    connections,
                    measured.lateness().percentileMicros(50),
                    measured.lateness().percentileMicros(99),
                    measured.lateness().maxNanos() / 1000,
                    keptNanos / 1000));
    for (double p : PERCENTILES) {
      table.append(
          "p%s: response %d, true %d; queueing %d, service %d µs%n"
              .formatted(
                  p,
                  total.responseTime().percentileMicros(p),
                  truth.percentileMicros(p),
                  total.queueing().percentileMicros(p),
                  total.serviceTime().percentileMicros(p)));
    }
    return table.toString();
  }
}
