package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.api.wire.PodContract;
import dev.squall.runner.Again;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class EngineIT {
  private static final EngineOptions OPTIONS = TestedOptions.ofEnvironment().withEventLoops(2);

  static Merged run(Workload workload, Share share, EngineOptions options) throws Exception {
    try (Engine engine = Engine.create(workload, share, options)) {
      engine.start(System.nanoTime());
      engine.completion().get(150, TimeUnit.SECONDS);
      Merged merged = new Merged();
      merged.add(engine.cut(0));
      return merged;
    }
  }

  static Merged run(Workload workload) throws Exception {
    return run(workload, Share.whole(), OPTIONS);
  }

  private static FailureCount only(Merged merged) {
    assertThat(merged.failures()).hasSize(1);
    return merged.failures().getFirst();
  }

  @ParameterizedTest
  @EnumSource(value = EngineOptions.Transport.class)
  void countsEqualTheTargetsOwn(EngineOptions.Transport transport) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("{}"))) {
      Workload workload = Workloads.to(server.port()).users(7).requests(1000).get("/").build();
      Merged merged = run(workload, Share.whole(), OPTIONS.withTransport(transport));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(1000);
      assertThat(server.requests()).isEqualTo(1000);
      assertThat(server.connections()).isEqualTo(7);
      assertThat(merged.total("").contentBytes()).isEqualTo(2000);
      assertThat(merged.total("").responseTime().count()).isEqualTo(1000);
    }
  }

  @Test
  void theseTestsGoByTheTransportThatTheEnvironmentNames() {
    Sockets.Choice here = Sockets.of(TestedOptions.transport());
    String asked = System.getenv(PodContract.TRANSPORT_VARIABLE);
    Workload workload = Workloads.to(1).requests(1).get("/").build();
    try (Engine engine = Engine.create(workload, Share.whole(), OPTIONS)) {
      assertThat(engine.transport()).isEqualTo(here.sockets().label());
      if (asked != null && engine.transportReason().isEmpty()) {
        assertThat(engine.transport()).isEqualTo(asked);
      }
    }
  }

  @Test
  void aClosingServerGetsANewConnectionForEachRequest() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.okAndClose("hello"))) {
      Merged merged = run(Workloads.to(server.port()).users(5).requests(500).get("/").build());
      assertThat(merged.requests()).isEqualTo(500);
      assertThat(merged.failures()).isEmpty();
      assertThat(server.connections()).isEqualTo(500);
    }
  }

  @Test
  void aRefusedConnectionIsAConnectFailure() throws Exception {
    try (RefusingPort port = new RefusingPort()) {
      Merged merged = run(Workloads.to(port.number()).requests(3).get("/").build());
      assertThat(only(merged).kind()).isEqualTo(FailureKind.CONNECT);
      assertThat(only(merged).reason()).isEqualTo("connection refused");
      assertThat(only(merged).count()).isEqualTo(3);
    }
  }

  @Test
  void aSlowAnswerIsATimeoutThatCountsWithTheTimeItTook() throws Exception {
    Again.slower(
        Duration.ofMillis(200),
        timeout -> {
          try (ScriptedServer server = new ScriptedServer((request, c) -> {})) {
            Merged merged =
                run(Workloads.to(server.port()).requests(2).timeout(timeout).get("/").build());
            assertThat(only(merged).kind()).isEqualTo(FailureKind.TIMEOUT);
            assertThat(only(merged).count()).isEqualTo(2);
            assertThat(merged.total("").responseTime().minNanos())
                .isBetween(timeout.toNanos(), 2 * timeout.toNanos());
          }
        });
  }

  @Test
  void statusRefusalsAreFailuresWithTheirReason() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> c.write("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n"))) {
      Merged merged = run(Workloads.to(server.port()).requests(4).get("/").build());
      assertThat(only(merged).reason()).isEqualTo("status 503");
      assertThat(only(merged).count()).isEqualTo(4);
      assertThat(List.of(merged.requests(), merged.failedRequests())).containsExactly(4L, 4L);
    }
  }
}
