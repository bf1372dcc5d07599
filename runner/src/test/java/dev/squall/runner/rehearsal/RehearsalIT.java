package dev.squall.runner.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.Plan;
import dev.squall.runner.coordinator.Plans;
import dev.squall.runner.engine.EngineOptions;
import dev.squall.runner.engine.TestedOptions;
import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.plan.CompiledPlan;
import dev.squall.runner.plan.PlanCompiler;
import dev.squall.runner.plan.Sources;
import dev.squall.runner.recording.FailureKind;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RehearsalIT {
  private static final int TURNS = 5;

  @ParameterizedTest
  @CsvSource({
    "http, HTTP1, AUTO, HTTP/1.1",
    "https, HTTP1, BORINGSSL, HTTP/1.1",
    "https, HTTP1, JDK, HTTP/1.1",
    // A target that speaks HTTP/2 answers nothing else: each request answered was a stream.
    "http, HTTP2, AUTO, HTTP/2 (prior knowledge)",
    "https, HTTP2, BORINGSSL, HTTP/2 (ALPN)",
    "https, HTTP2, JDK, HTTP/2 (ALPN)"
  })
  void aPlanIsRehearsedByItsProtocolForSecondsAtMostAndItsTargetHearsNothing(
      String scheme, String spoken, TlsProvider provider, String rehearsed) throws Exception {
    try (AnsweringTarget real = new AnsweringTarget()) {
      String url = scheme + "://127.0.0.1:" + real.port();
      Plan plan = Plans.plan(1, url, "target: {url: '%s', protocol: %s}".formatted(url, spoken));
      CompiledPlan compiled = PlanCompiler.compile(plan, new Sources.Named(Map.of(), Map.of()));
      EngineOptions options = TestedOptions.ofEnvironment().withTlsProvider(provider);
      long sent = 0;
      // On a machine busy with other work the first may be over before TLS' classes are loaded.
      for (int turn = 0; turn < TURNS && sent == 0; turn++) {
        long begin = System.nanoTime();
        Rehearsal.Rehearsed done = Rehearsal.run(compiled.workload(), options);
        long took = System.nanoTime() - begin;
        assertThat(took).isLessThan(Rehearsal.MOST_NANOS + TimeUnit.SECONDS.toNanos(10));
        assertThat(done.protocol()).isEqualTo(rehearsed);
        assertThat(done.broken()).isEmpty();
        sent = done.requests();
      }
      assertThat(sent).isPositive();
      assertThat(real.requests()).isZero();
    }
  }

  @Test
  void itSaysOfWhatFailsWithATargetThatAnswersAll() throws Exception {
    String expects =
        "scenarios: [{name: buyer, tasks: [{name: all, request: {path: /},"
            + " expect: {body: {contains: ok}}}]}]";
    Plan plan = Plans.plan(1, "http://127.0.0.1:9", expects);
    CompiledPlan compiled = PlanCompiler.compile(plan, new Sources.Named(Map.of(), Map.of()));
    EngineOptions nothingKept = TestedOptions.ofEnvironment().withMaxBodyBytes(0);
    assertThat(Rehearsal.run(compiled.workload(), nothingKept).broken())
        .hasValueSatisfying(failure -> assertThat(failure.kind()).isEqualTo(FailureKind.DECODE));
    // That the answer is not the one expected says nothing: it is the rehearsal's own.
    assertThat(Rehearsal.run(compiled.workload(), TestedOptions.ofEnvironment()).broken())
        .isEmpty();
  }
}
