package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.arrival.Arrivals;
import dev.squall.runner.engine.arrival.Bounds;
import dev.squall.runner.engine.arrival.Per;
import dev.squall.runner.engine.arrival.RateProfile;
import dev.squall.runner.engine.arrival.RateSchedule;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** What a request costs in memory on the event loop, by the JVM's own counter. */
@Timeout(300)
class LoadAllocationIT {
  private static final long SECOND = 1_000_000_000L;
  private static final int WARM = 5_000;
  private static final double MOST = 0.5;

  private enum Model {
    CLOSED,
    /** Users that share half as many connections. */
    SHARED,
    CONSTANT,
    POISSON,
    GAMMA
  }

  private static Load load(Model model) {
    Load.Terms terms = Load.Terms.of("load", OptionalLong.of(100 * SECOND), 0);
    Arrivals arrivals =
        switch (model) {
          case CLOSED, SHARED, CONSTANT -> new Arrivals.Regular();
          case POISSON -> new Arrivals.Poisson(false);
          case GAMMA -> new Arrivals.Gamma(0.5, false);
        };
    if (model == Model.CLOSED || model == Model.SHARED) {
      return new Load.Closed(
          terms, new Population.Spawned(8, 1e9), OptionalLong.empty(), OptionalLong.empty());
    }
    RateProfile rate = RateProfile.constant(10_000, Per.SECOND);
    return new Load.Open(
        terms,
        RateSchedule.of(arrivals, rate, Bounds.duration(100 * SECOND), 3),
        32,
        Load.Overflow.WAIT,
        32);
  }

  @ParameterizedTest
  @EnumSource(Model.class)
  void aRequestWithGeneratedJsonAllocatesNothingOnceItsCodeIsCompiled(Model model)
      throws Exception {
    try (FreezingTarget target = new FreezingTarget(0)) {
      ConnectionSettings connections =
          model == Model.SHARED ? ConnectionSettings.shared(4) : ConnectionSettings.perUser();
      Workloads w = PoolIT.to(target.port(), connections).timeout(Duration.ofSeconds(50));
      for (int task = 0; task < 2; task++) {
        w.task(1 + task, w.predict());
      }
      EngineOptions options =
          TestedOptions.ofEnvironment().withEventLoops(1).withTraceHeaders(true);
      Workload workload = w.load(load(model)).build();
      try (Engine engine = Engine.create(workload, Share.whole(), options)) {
        engine.start(System.nanoTime() + SECOND / 2);
        LifeIT.await(() -> target.served() > WARM);
        double bytes = LoopAllocation.bytesPerRequest(target::served, MOST);
        assertThat(bytes).isLessThan(MOST);
        engine.abort();
        engine.completion().get(10, TimeUnit.SECONDS);
        assertThat(engine.cut(1).failures()).isEmpty();
      }
    }
  }
}
