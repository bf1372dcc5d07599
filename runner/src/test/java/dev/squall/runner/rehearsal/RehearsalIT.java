package dev.squall.runner.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.Plan;
import dev.squall.runner.coordinator.Plans;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.plan.CompiledPlan;
import dev.squall.runner.plan.PlanCompiler;
import dev.squall.runner.plan.Sources;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalIT {
  private static final int TURNS = 5;

  @ParameterizedTest
  @CsvSource({"http, AUTO", "https, BORINGSSL", "https, JDK"})
  void aPlanIsRehearsedForSecondsAtMostAndItsTargetHearsNothing(String scheme, TlsProvider provider)
      throws Exception {
    try (AnsweringTarget real = new AnsweringTarget()) {
      Plan plan = Plans.plan(1, scheme + "://127.0.0.1:" + real.port(), "");
      CompiledPlan compiled = PlanCompiler.compile(plan, new Sources.Named(Map.of(), Map.of()));
      EngineOptions options = EngineOptions.defaults().withTlsProvider(provider);
      long sent = 0;
      // On a machine busy with other work the first may be over before TLS' classes are loaded.
      for (int turn = 0; turn < TURNS && sent == 0; turn++) {
        long begin = System.nanoTime();
        sent = Rehearsal.run(compiled.workload(), options);
        long took = System.nanoTime() - begin;
        assertThat(took).isLessThan(Rehearsal.MOST_NANOS + TimeUnit.SECONDS.toNanos(10));
      }
      assertThat(sent).isPositive();
      assertThat(real.requests()).isZero();
    }
  }
}
