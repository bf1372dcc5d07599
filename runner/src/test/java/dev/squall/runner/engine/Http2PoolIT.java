package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.SeriesSnapshot;
import io.netty.handler.codec.http2.Http2Settings;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users that share HTTP/2 connections, by the target's own count. */
@Timeout(180)
class Http2PoolIT {
  private static final EngineOptions ONE_LOOP =
      TestedOptions.ofEnvironment().withEventLoops(1).withTraceHeaders(true);

  private static Workloads to(Http2Target target, ConnectionSettings connections) {
    return Workloads.to(Http2IT.at(target.port()).withConnections(connections));
  }

  private static Merged run(Workloads workloads) throws Exception {
    return EngineIT.run(workloads.build(), Share.whole(), ONE_LOOP);
  }

  /**
   * Answers once so many requests wait for that, all of them. As many users go on together then:
   * fewer would wait for ever for one of themselves.
   */
  private static Http2Target.Script together(int users) {
    List<Http2Target.Stream> waiting = new ArrayList<>();
    return (request, stream) -> {
      List<Http2Target.Stream> now = List.of();
      synchronized (waiting) {
        waiting.add(stream);
        if (waiting.size() == users) {
          now = List.copyOf(waiting);
          waiting.clear();
        }
      }
      now.forEach(s -> s.ok("{}"));
    };
  }

  @Test
  void requestsOfManyUsersShareAConnectionAtTheSameTime() throws Exception {
    try (Http2Target target = new Http2Target(together(32))) {
      Merged merged =
          run(to(target, ConnectionSettings.shared(1)).users(32).requests(320).get("/"));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(320);
      assertThat(target.connections()).isEqualTo(1);
      assertThat(target.mostStreams()).isEqualTo(32);
    }
  }

  @Test
  void connectionsThatAreOpenTakeRequestsInTurn() throws Exception {
    try (Http2Target target = new Http2Target(together(32))) {
      Workload workload =
          to(target, ConnectionSettings.shared(4).opened(4, 1000))
              .users(32)
              .requests(320)
              .get("/")
              .build();
      try (Engine engine = Engine.create(workload, Share.whole(), ONE_LOOP)) {
        engine.open().get(20, TimeUnit.SECONDS);
        LifeIT.await(() -> target.connections() == 4);
        engine.start(System.nanoTime());
        engine.completion().get(30, TimeUnit.SECONDS);
        Merged merged = new Merged();
        merged.add(engine.cut(1));
        assertThat(merged.failures()).isEmpty();
      }
      assertThat(target.connections()).isEqualTo(4);
      List<ScriptedServer.Received> received = List.copyOf(target.received());
      assertThat(received).hasSize(320);
      for (int round = 0; round < 320; round += 32) {
        assertThat(
                received.subList(round, round + 32).stream()
                    .collect(
                        Collectors.groupingBy(
                            ScriptedServer.Received::connection, Collectors.counting())))
            .hasSize(4)
            .allSatisfy((connection, requests) -> assertThat(requests).isEqualTo(8));
      }
    }
  }

  @Test
  void noMoreStreamsThanAreWantedOrTheTargetAllowsAndTheWaitIsQueueing() throws Exception {
    for (boolean wanted : new boolean[] {true, false}) {
      Http2Settings allows = new Http2Settings().maxConcurrentStreams(wanted ? 100 : 3);
      try (Http2Target target =
          new Http2Target((request, s) -> s.after(10, () -> s.ok("{}")), null, allows)) {
        ConnectionSettings pool = ConnectionSettings.shared(2).streams(wanted ? 3 : 100);
        Merged merged = run(to(target, pool).users(24).requests(240).get("/"));
        assertThat(merged.failures()).isEmpty();
        assertThat(merged.requests()).isEqualTo(240);
        assertThat(target.connections()).isEqualTo(2);
        assertThat(target.mostStreams()).isEqualTo(3);
        // 24 users, 6 streams, 10 ms each or what this machine makes of it: a request waits for
        // three others, and that is no lateness. Each user's first is apart: connections open then.
        SeriesSnapshot total = merged.total("");
        assertThat(total.queueing().percentileMicros(50))
            .isGreaterThan(20_000)
            .isGreaterThan(total.serviceTime().percentileMicros(50));
        assertThat(merged.lateness().percentileMicros(75))
            .isLessThan(total.serviceTime().percentileMicros(50));
      }
    }
  }

  @Test
  void goAwayLosesNothingOfManyStreams() throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              s.after(2, () -> s.ok("{}"));
              if (s.connection.served == 50) {
                s.connection.goAway(0);
              }
            })) {
      Merged merged =
          run(to(target, ConnectionSettings.shared(2)).users(40).requests(2_000).get("/"));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.loads())
          .containsExactly(new LoadCounts("load", false, 2_000, 2_000, 0, 0, 0));
      assertThat(target.received().stream().map(ScriptedServer.Received::key).distinct())
          .hasSize(2_000);
      // Netty counts what it refuses too, as far as it has decoded it.
      assertThat(target.requests()).isEqualTo(2_000);
      assertThat(target.connections()).isGreaterThanOrEqualTo(2_000 / 60);
      LifeIT.await(() -> target.open() == 0);
    }
  }

  @Test
  void aRequestThatTimesOutCostsOthersNothing() throws Exception {
    Again.slower(Duration.ofMillis(150), Http2PoolIT::timesOut);
  }

  private static void timesOut(Duration timeout) throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              if (!request.target().equals("/never")) {
                s.after(5, () -> s.ok("{}"));
              }
            })) {
      Workloads w = to(target, ConnectionSettings.shared(1)).users(20).requests(600);
      w.timeout(timeout);
      w.task(1, w.get("never", "/never", List.of(), List.of()));
      w.timeout(Duration.ofSeconds(40));
      w.task(9, w.get("soon", "/soon", List.of(), List.of()));
      Merged merged = run(w);
      assertThat(merged.failures())
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.series()).isEqualTo("never");
                assertThat(f.reason()).isEqualTo("no whole answer in time");
              });
      assertThat(target.connections()).isEqualTo(1);
      assertThat(merged.failedRequests()).isPositive();
      LifeIT.await(() -> target.resets() == merged.failedRequests());
    }
  }

  @Test
  void aConnectionThatBreaksFailsWhatIsOnItAndNoMore() throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> {
              if (s.connection.number == 1 && s.connection.streams == 5) {
                var _ = s.connection.ctx.close();
              } else if (s.connection.number > 1) {
                s.ok("{}");
              }
            })) {
      Merged merged = run(to(target, ConnectionSettings.shared(1)).users(5).requests(100).get("/"));
      assertThat(merged.failedRequests()).isEqualTo(5);
      assertThat(merged.requests()).isEqualTo(100);
      assertThat(target.connections()).isEqualTo(2);
    }
  }

  @Test
  void aConnectionWhoseLifeIsOverIsReplacedAndNothingIsLost() throws Exception {
    Again.slower(Duration.ofMillis(100), Http2PoolIT::livesAndIsReplaced);
  }

  private static void livesAndIsReplaced(Duration life) throws Exception {
    try (Http2Target target = new Http2Target((request, s) -> s.after(5, () -> s.ok("{}")))) {
      Merged merged =
          run(
              to(target, ConnectionSettings.shared(2).living(life.toNanos()))
                  .users(10)
                  .lasting(life.multipliedBy(10))
                  .get("/"));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(target.requests());
      assertThat(target.connections()).isGreaterThan(8);
      assertThat(target.resets()).isZero();
    }
  }

  @Test
  void anIdleConnectionIsClosed() throws Exception {
    Again.slower(Duration.ofMillis(50), Http2PoolIT::idle);
  }

  private static void idle(Duration most) throws Exception {
    try (Http2Target target = new Http2Target((request, s) -> s.ok("{}"))) {
      Merged merged =
          run(
              to(target, ConnectionSettings.shared(2).idleAtMost(most.toNanos()))
                  .users(1)
                  .pause(new Wait.Constant(4 * most.toNanos()))
                  .requests(4)
                  .get("/"));
      assertThat(merged.failures()).isEmpty();
      assertThat(target.connections()).isEqualTo(4);
    }
  }

  @Test
  void whatIsInterruptedGivesItsStreamUp() throws Exception {
    Again.slower(Duration.ofMillis(100), Http2PoolIT::isInterrupted);
  }

  private static void isInterrupted(Duration stop) throws Exception {
    try (Http2Target target = new Http2Target((request, s) -> {})) {
      Workload workload =
          to(target, ConnectionSettings.shared(1))
              .users(10)
              .lasting(stop.multipliedBy(2))
              .gracefulStop(stop)
              .get("/")
              .build();
      Merged merged = EngineIT.run(workload, Share.whole(), ONE_LOOP);
      assertThat(merged.loads()).containsExactly(new LoadCounts("load", false, 10, 0, 0, 0, 10));
      LifeIT.await(() -> target.open() == 0);
    }
  }
}
