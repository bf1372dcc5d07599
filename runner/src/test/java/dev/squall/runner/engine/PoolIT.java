package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.runner.Again;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Users and arrivals that share connections, by the target's own count. */
@Timeout(180)
class PoolIT {
  private static final long MILLI = 1_000_000;
  private static final EngineOptions OPTIONS = TestedOptions.ofEnvironment().withEventLoops(2);
  private static final EngineOptions ONE_LOOP = OPTIONS.withEventLoops(1).withTraceHeaders(true);

  private static Workloads to(int port, int max) {
    return to(port, ConnectionSettings.shared(max));
  }

  static Workloads to(int port, ConnectionSettings connections) {
    return Workloads.to(new Endpoint(false, "127.0.0.1", port, "").withConnections(connections));
  }

  static void answerAfter(long millis, ScriptedServer.Connection c) throws IOException {
    LockSupport.parkNanos(millis * MILLI);
    c.ok("{}");
  }

  private static Load closed(String name, int users, long requests, Duration gracefulStop) {
    return new Load.Closed(
        Load.Terms.of(name, OptionalLong.empty(), gracefulStop.toNanos()),
        new Population.Spawned(users, 1e9),
        OptionalLong.of(requests),
        OptionalLong.empty());
  }

  @Test
  void thereAreNeverMoreConnectionsThanTheBound() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> answerAfter(1, c)).watched()) {
      Merged merged = EngineIT.run(to(server.port(), 5).users(40).requests(2_000).get("/").build());
      assertThat(merged.requests()).isEqualTo(2_000);
      assertThat(merged.failures()).isEmpty();
      assertThat(server.requests()).isEqualTo(2_000);
      assertThat(server.mostOpen()).isEqualTo(5);
      assertThat(server.connections()).isEqualTo(5);
    }
  }

  @Test
  void runnersShareTheBoundExactly() throws Exception {
    // None ends before all are there.
    CountDownLatch all = new CountDownLatch(7);
    ScriptedServer.Script script =
        (request, c) -> {
          if (c.served == 1) {
            all.countDown();
            LifeIT.wait(all);
          }
          answerAfter(2, c);
        };
    try (ScriptedServer server = new ScriptedServer(script).watched()) {
      Workload workload = to(server.port(), 7).users(60).requests(1_500).get("/").build();
      List<Engine> engines = new ArrayList<>();
      for (int i = 0; i < 3; i++) {
        engines.add(Engine.create(workload, new Share(i, 3), OPTIONS));
      }
      engines.forEach(engine -> engine.start(System.nanoTime()));
      Merged merged = new Merged();
      for (Engine engine : engines) {
        engine.completion().get(50, TimeUnit.SECONDS);
        merged.add(engine.cut(1));
      }
      assertThat(server.mostOpen()).isEqualTo(7);
      assertThat(server.connections()).isEqualTo(7);
      assertThat(merged.requests()).isEqualTo(1_500);
      assertThat(merged.failures()).isEmpty();
      engines.forEach(Engine::close);
    }
  }

  @Test
  void noMoreAreOpenedThanAreNeeded() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("{}"))) {
      Workload workload = to(server.port(), 50).requests(100).get("/").build();
      Merged merged = EngineIT.run(workload, Share.whole(), ONE_LOOP);
      assertThat(merged.failures()).isEmpty();
      assertThat(server.connections()).isEqualTo(1);
    }
  }

  @Test
  void waitingForAConnectionIsQueueingAndNotLateness() throws Exception {
    Again.ifSpoiled(PoolIT::waitsForAConnection);
  }

  private static void waitsForAConnection() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> answerAfter(10, c));
        Canary canary = new Canary()) {
      Workload workload = to(server.port(), 1).users(10).requests(100).get("/").build();
      Merged merged = EngineIT.run(workload, Share.whole(), ONE_LOOP);
      assertThat(merged.failures()).isEmpty();
      // Nine others are served before each.
      assertThat(merged.total("").queueing().percentileMicros(50)).isGreaterThan(80_000);
      assertThat(merged.lateness().percentileMicros(99) * 1_000)
          .isLessThan(20 * MILLI + canary.worstNanos());
      assertThat(merged.total("").responseTime().percentileMicros(50)).isGreaterThan(90_000);
    }
  }

  @Test
  void whoComesFirstIsServedFirstWhicheverItsLoad() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> answerAfter(1, c))) {
      Workload workload =
          to(server.port(), 1)
              .load(closed("one", 5, 200, Duration.ofSeconds(5)))
              .load(closed("other", 5, 200, Duration.ofSeconds(5)))
              .get("/")
              .build();
      Merged merged = EngineIT.run(workload, Share.whole(), ONE_LOOP);
      assertThat(merged.loads()).extracting(LoadCounts::requests).containsExactly(200L, 200L);
      for (int half = 0; half < 2; half++) {
        Map<String, Long> byUser =
            server.received().subList(half * 200, half * 200 + 190).stream()
                .collect(
                    Collectors.groupingBy(ScriptedServer.Received::user, Collectors.counting()));
        assertThat(byUser).hasSize(10);
        assertThat(byUser.values()).allSatisfy(count -> assertThat(count).isBetween(18L, 20L));
      }
    }
  }

  @Test
  void whoWaitsForTooLongTimesOutWithTheTimeItTook() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> {}).watched()) {
      Workload workload =
          to(server.port(), 1)
              .timeout(Duration.ofMillis(300))
              .load(closed("load", 4, 4, Duration.ofSeconds(5)))
              .get("/")
              .build();
      Merged merged = EngineIT.run(workload, Share.whole(), ONE_LOOP);
      assertThat(merged.requests()).isEqualTo(4);
      assertThat(merged.failures())
          .extracting(FailureCount::kind)
          .containsOnly(FailureKind.TIMEOUT);
      assertThat(merged.failures())
          .extracting(FailureCount::reason)
          .contains("no free connection in time");
      assertThat(merged.total("").responseTime().minNanos()).isGreaterThan(299 * MILLI);
      // The target may come to look only when it is closed again.
      LifeIT.await(() -> server.connections() > 0);
      assertThat(server.mostOpen()).isLessThanOrEqualTo(1);
    }
  }

  @Test
  void whoStillWaitsAfterTheGracefulStopIsInterrupted() throws Exception {
    Again.slower(Duration.ofMillis(100), PoolIT::stillWaits);
  }

  private static void stillWaits(Duration stop) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> {})) {
      Workload workload =
          to(server.port(), 2)
              .users(10)
              .lasting(stop.multipliedBy(2))
              .gracefulStop(stop)
              .get("/")
              .build();
      Merged merged = EngineIT.run(workload, Share.whole(), ONE_LOOP);
      assertThat(merged.loads()).containsExactly(new LoadCounts("load", false, 10, 0, 0, 0, 10));
      // The target may come to read only when they are reset.
      LifeIT.await(() -> server.connections() >= 2);
      assertThat(server.requests()).isLessThanOrEqualTo(2);
    }
  }

  @Test
  void eachRequestIsCountedOnceWhateverTheTargetDoes() throws Exception {
    AtomicInteger number = new AtomicInteger();
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              switch (number.incrementAndGet() % 7) {
                case 0 -> c.reset();
                case 1 -> c.okAndClose("{}");
                case 2 -> {
                  c.ok("{}");
                  c.close();
                }
                case 3 -> c.write("HTTP/1.1 200 OK\r\nContent-Length: 9\r\n\r\ncut");
                default -> answerAfter(1, c);
              }
            })) {
      Workloads w = to(server.port(), 6).timeout(Duration.ofMillis(150));
      // Not bounded by their number: waiting for a connection may time out before it gets one.
      w.load(closed("users", 30, 1_000_000, Duration.ofSeconds(5)));
      Workload workload = w.get("/").build();
      try (Engine engine = Engine.create(workload, Share.whole(), OPTIONS)) {
        engine.start(System.nanoTime());
        LifeIT.await(() -> server.requests() > 300);
        engine.stop();
        engine.completion().get(50, TimeUnit.SECONDS);
        Merged merged = new Merged();
        merged.add(engine.cut(1));
        LoadCounts counts = merged.loads().getFirst();
        assertThat(counts.outstanding()).isZero();
        assertThat(counts.offered())
            .isEqualTo(
                counts.succeeded() + counts.failures() + counts.dropped() + counts.interrupted());
        assertThat(counts.failures()).isPositive().isEqualTo(merged.failedRequests());
        assertThat(counts.succeeded()).isPositive();
      }
    }
  }

  @Test
  void arrivalsShareTheConnectionsToo() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> answerAfter(1, c)).watched()) {
      Workload workload =
          to(server.port(), 4)
              .load(
                  new Load.Open(
                      Load.Terms.of("open", OptionalLong.empty(), 5_000 * MILLI),
                      dev.squall.runner.engine.arrival.RecordedSchedule.of(new long[500], 1),
                      100,
                      Load.Overflow.WAIT))
              .get("/")
              .build();
      Merged merged = EngineIT.run(workload);
      assertThat(merged.loads()).containsExactly(new LoadCounts("open", false, 500, 500, 0, 0, 0));
      assertThat(server.connections()).isEqualTo(4);
      assertThat(server.mostOpen()).isEqualTo(4);
    }
  }

  @Test
  void aTargetThatIsNotThereRefusesEachRequestOnce() throws Exception {
    try (RefusingPort port = new RefusingPort()) {
      Merged merged = EngineIT.run(to(port.number(), 3).users(20).requests(200).get("/").build());
      assertThat(merged.failures())
          .extracting(FailureCount::reason)
          .containsOnly("connection refused");
      assertThat(merged.loads())
          .containsExactly(new LoadCounts("load", false, 200, 200, 200, 0, 0));
    }
  }

  @Test
  void aConnectionThatTheTargetClosesWhileItIsIdleIsReplaced() throws Exception {
    Again.slower(Duration.ofMillis(50), idle -> closedWhileIdle((int) idle.toMillis()));
  }

  private static void closedWhileIdle(int idleMillis) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              c.ok("{}");
              c.socket.setSoTimeout(idleMillis);
            })) {
      Merged merged =
          EngineIT.run(
              to(server.port(), 4)
                  .users(8)
                  .pause(new Wait.Constant(5L * idleMillis * MILLI))
                  .requests(40)
                  .get("/")
                  .build());
      assertThat(merged.loads()).containsExactly(new LoadCounts("load", false, 40, 40, 0, 0, 0));
      assertThat(server.connections()).isGreaterThan(5);
    }
  }

  @Test
  void aPoolSmallerThanTheNumberOfRunnersIsRefused() {
    Workload workload = to(1, 2).get("/").requests(1).build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engine.create(workload, new Share(2, 3), OPTIONS).close())
        .withMessageContaining("raise spec.target.connections.max");
  }
}
