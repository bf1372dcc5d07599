package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import io.netty.handler.codec.http2.Http2Error;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** HTTP/2 with a connection for each user, against Netty's server. */
@Timeout(180)
class Http2IT {
  private static final EngineOptions OPTIONS =
      TestedOptions.ofEnvironment().withEventLoops(2).withTraceHeaders(true);

  static Endpoint at(int port) {
    return new Endpoint(false, "127.0.0.1", port, "").withProtocol(HttpProtocol.HTTP2);
  }

  private static Workloads to(Http2Target target) {
    return Workloads.to(at(target.port()));
  }

  private static Merged run(Workloads workloads) throws Exception {
    return EngineIT.run(workloads.build(), Share.whole(), OPTIONS);
  }

  @Test
  void eachUserHasAConnectionAndOneStreamAtATime() throws Exception {
    try (Http2Target target = new Http2Target((request, s) -> s.ok("{}"))) {
      Merged merged = run(to(target).users(4).requests(400).get("/a?b=c"));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.loads()).containsExactly(new LoadCounts("load", false, 400, 400, 0, 0, 0));
      assertThat(target.requests()).isEqualTo(400);
      assertThat(target.connections()).isEqualTo(4);
      assertThat(target.mostStreams()).isEqualTo(1);
      assertThat(target.received())
          .allSatisfy(
              r -> {
                assertThat(r.method() + r.target()).isEqualTo("GET/a?b=c");
                assertThat(r.headers())
                    .containsEntry(":scheme", "http")
                    .containsEntry(":authority", "127.0.0.1:" + target.port())
                    .containsEntry("user-agent", "squall/dev")
                    .doesNotContainKey("host");
              });
      assertThat(merged.total("").contentBytes()).isEqualTo(800);
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsProvider.class,
      names = {"BORINGSSL", "JDK"})
  void overTlsItIsAgreedOn(TlsProvider provider) throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> s.ok("{}"), Http2Target.tls("h2", "http/1.1"), new Http2Settings())) {
      Endpoint endpoint =
          new Endpoint(true, "localhost", target.port(), "")
              .withTlsSettings(TlsTargets.trusting())
              .withProtocol(HttpProtocol.HTTP2);
      Merged merged =
          EngineIT.run(
              Workloads.to(endpoint)
                  .users(4)
                  .requests(200)
                  .timeout(Duration.ofSeconds(40))
                  .get("/")
                  .build(),
              Share.whole(),
              OPTIONS.withTlsProvider(provider));
      assertThat(merged.failures()).isEmpty();
      assertThat(target.requests()).isEqualTo(200);
      assertThat(target.connections()).isEqualTo(4);
      assertThat(target.received())
          .allSatisfy(r -> assertThat(r.headers()).containsEntry(":scheme", "https"));
    }
  }

  /** The same users send the same, request by request, whatever the protocol. */
  @Test
  void theContentIsThatOfHttp1() throws Exception {
    try (Http2Target target = new Http2Target((request, s) -> s.ok("{}"));
        ScriptedServer old = new ScriptedServer((request, c) -> c.ok("{}"))) {
      for (Endpoint endpoint :
          List.of(at(target.port()), new Endpoint(false, "127.0.0.1", old.port(), ""))) {
        Workloads w = Workloads.to(endpoint).users(5).requests(100);
        w.task(2, w.predict());
        w.task(1, w.get("get", "/get", List.of(Workloads.BELOW_400), List.of()));
        w.task(
            1,
            w.step(
                "put",
                "PUT",
                Template.of("/put"),
                new RequestTemplate.Text(Template.of("text"), "text/plain"),
                List.of(Workloads.BELOW_400),
                List.of()));
        assertThat(run(w).failures()).isEmpty();
      }
      assertThat(contents(target.received())).isEqualTo(contents(old.received())).hasSize(100);
    }
  }

  private static Map<String, String> contents(List<ScriptedServer.Received> received) {
    return received.stream()
        .collect(
            Collectors.toMap(
                ScriptedServer.Received::key,
                r ->
                    r.content()
                        + r.headers().get("content-type")
                        + r.headers().get("content-length")));
  }

  @Test
  void aBodyLargerThanTheTargetsWindowIsSentWhole() throws Exception {
    String text = "0123456789".repeat(50_000);
    AtomicInteger whole = new AtomicInteger();
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              whole.addAndGet(request.body().equals(text) ? 1 : 0);
              s.ok("{}");
            })) {
      Workloads w = to(target).users(3).requests(12);
      w.task(
          1,
          w.step(
              "put",
              "PUT",
              Template.of("/put"),
              new RequestTemplate.Text(Template.of(text), "text/plain"),
              List.of(Workloads.BELOW_400),
              List.of()));
      assertThat(run(w).failures()).isEmpty();
      assertThat(whole).hasValue(12);
    }
  }

  @Test
  void aLargeAnswerIsCountedAndMoreIsTaken() throws Exception {
    byte[] megabytes = new byte[20 << 20];
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              s.head("200", Map.of("content-length", Integer.toString(megabytes.length)));
              s.data(megabytes, true);
            })) {
      Merged merged = run(to(target).users(2).requests(4).timeout(Duration.ofSeconds(40)).get("/"));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.total("").contentBytes()).isEqualTo(4L * megabytes.length);
    }
  }

  @Test
  void aRequestThatTimesOutGivesUpItsStreamAndLeavesTheConnection() throws Exception {
    Again.slower(Duration.ofMillis(100), Http2IT::givesUpItsStream);
  }

  private static void givesUpItsStream(Duration timeout) throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              if (!request.target().equals("/slow")) {
                s.ok("{}");
              }
            })) {
      Workloads w = to(target).timeout(timeout).requests(9);
      w.task(1, w.get("slow", "/slow", List.of(), List.of()));
      Merged merged = run(w);
      assertThat(merged.failures())
          .singleElement()
          .satisfies(f -> assertThat(f.reason()).isEqualTo("no whole answer in time"));
      assertThat(merged.failedRequests()).isEqualTo(9);
      assertThat(target.connections()).isEqualTo(1);
      LifeIT.await(() -> target.resets() == 9);
    }
  }

  @Test
  void whatTheTargetRefusesUnservedIsSentAgain() throws Exception {
    AtomicInteger came = new AtomicInteger();
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              if (came.incrementAndGet() % 3 == 0) {
                s.reset(Http2Error.REFUSED_STREAM);
              } else {
                s.ok("{}");
              }
            })) {
      Merged merged = run(to(target).users(1).requests(60).get("/"));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(60);
      assertThat(target.requests()).isEqualTo(60 + came.get() / 3);
    }
  }

  @Test
  void aTargetThatSaysGoAwayLosesNothing() throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              s.ok("{}");
              if (s.connection.served == 10) {
                s.connection.goAway(0);
              }
            })) {
      Merged merged = run(to(target).users(4).requests(400).get("/"));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(400);
      // Each once: what the target has not taken is not among what it counts.
      assertThat(target.requests()).isEqualTo(400);
      assertThat(target.connections()).isBetween(37, 48);
      assertThat(target.received().stream().map(ScriptedServer.Received::key).distinct())
          .hasSize(400);
    }
  }
}
