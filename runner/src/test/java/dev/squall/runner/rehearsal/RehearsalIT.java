package dev.squall.runner.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.Plan;
import dev.squall.runner.coordinator.Plans;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.plan.CompiledPlan;
import dev.squall.runner.plan.PlanCompiler;
import dev.squall.runner.plan.Sources;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class RehearsalIT {
  @Test
  void aPlanIsRehearsedForSecondsAtMostAndItsTargetHearsNothing() throws Exception {
    try (AnsweringTarget real = new AnsweringTarget()) {
      Plan plan = Plans.plan(1, "http://127.0.0.1:" + real.port(), "");
      CompiledPlan compiled = PlanCompiler.compile(plan, new Sources.Named(Map.of(), Map.of()));
      long begin = System.nanoTime();
      long sent = Rehearsal.run(compiled.workload(), EngineOptions.defaults());
      long took = System.nanoTime() - begin;
      assertThat(sent).isPositive();
      assertThat(took).isLessThan(Rehearsal.MOST_NANOS + TimeUnit.SECONDS.toNanos(5));
      assertThat(real.requests()).isZero();
    }
  }
}
