package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.Snapshot;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Starts, pauses and ends. */
@Timeout(180)
class LifeIT {
  private static final EngineOptions OPTIONS = TestedOptions.ofEnvironment().withEventLoops(2);
  private static final long MILLI = 1_000_000;

  static void await(BooleanSupplier condition) {
    long end = System.nanoTime() + 60_000 * MILLI;
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime()).as("waited for 60 s").isLessThan(end);
      LockSupport.parkNanos(MILLI / 2);
    }
  }

  static void wait(CountDownLatch latch) throws IOException {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @Test
  void usersStartByTheSpawnRateFromTheStartInstant() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""));
        Engine engine =
            Engine.create(
                Workloads.to(server.port())
                    .users(5)
                    .spawnRate(10)
                    .pause(new Wait.Constant(100_000 * MILLI))
                    .lasting(Duration.ofSeconds(30))
                    .get("/")
                    .build(),
                Share.whole(),
                OPTIONS)) {
      long start = System.nanoTime() + 300 * MILLI;
      engine.start(start);
      for (int n = 0; n < 5; n++) {
        int users = n;
        await(() -> server.requests() > users);
        // Not before it is due; how long after depends on the machine.
        assertThat(System.nanoTime() - start).isGreaterThan(n * 100L * MILLI);
      }
      await(() -> engine.users() == 5);
      assertThat(engine.finished()).isFalse();
    }
  }

  @Test
  void atTheEndOfTheDurationPausingUsersStopAndThoseInFlightAreAnswered() throws Exception {
    Again.slower(Duration.ofMillis(200), LifeIT::inFlightAreAnswered);
  }

  private static void inFlightAreAnswered(Duration length) throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    try (ScriptedServer server =
            new ScriptedServer(
                (request, c) -> {
                  wait(late);
                  c.ok("");
                });
        Engine engine =
            Engine.create(
                Workloads.to(server.port())
                    .users(3)
                    .lasting(length)
                    .gracefulStop(Duration.ofSeconds(40))
                    .timeout(Duration.ofSeconds(40))
                    .get("/")
                    .build(),
                Share.whole(),
                OPTIONS)) {
      long start = System.nanoTime();
      engine.start(start);
      await(() -> server.requests() <= 3 && System.nanoTime() - start > 2 * length.toNanos());
      assertThat(engine.finished()).isFalse();
      assertThat(server.requests()).isEqualTo(3);
      late.countDown();
      engine.completion().get(40, TimeUnit.SECONDS);
      Snapshot snapshot = engine.cut(0);
      assertThat(snapshot.requests()).isEqualTo(3);
      assertThat(snapshot.interrupted()).isZero();
      assertThat(snapshot.last()).isTrue();
      assertThat(snapshot.users()).isZero();
    }
  }

  @Test
  void whatIsUnansweredAfterTheGracefulStopIsInterrupted() throws Exception {
    Again.slower(Duration.ofMillis(100), LifeIT::isInterrupted);
  }

  private static void isInterrupted(Duration length) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> {});
        Canary canary = new Canary();
        Engine engine =
            Engine.create(
                Workloads.to(server.port())
                    .users(3)
                    .lasting(length)
                    .gracefulStop(length.multipliedBy(2))
                    .timeout(Duration.ofSeconds(30))
                    .get("/")
                    .build(),
                Share.whole(),
                OPTIONS)) {
      long start = System.nanoTime();
      engine.start(start);
      engine.completion().get(40, TimeUnit.SECONDS);
      assertThat(System.nanoTime() - start)
          .isBetween(3 * length.toNanos(), 9 * length.toNanos() + canary.worstNanos());
      Snapshot snapshot = engine.cut(0);
      assertThat(snapshot.interrupted()).isEqualTo(3);
      assertThat(snapshot.requests()).isZero();
      // The target may come to read only when they are reset.
      await(() -> server.requests() == 3);
    }
  }

  @Test
  void abortEndsAllWithinMilliseconds() throws Exception {
    Again.ifSpoiled(LifeIT::abortEndsAll);
  }

  private static void abortEndsAll() throws Exception {
    try (Canary canary = new Canary();
        ScriptedServer server =
            new ScriptedServer(
                (request, c) -> {
                  if (request.target().equals("/")) {
                    c.ok("");
                  }
                });
        Engine engine =
            Engine.create(
                Workloads.to(server.port())
                    .users(50)
                    .lasting(Duration.ofSeconds(30))
                    .timeout(Duration.ofSeconds(30))
                    .get("/")
                    .get("/stall")
                    .build(),
                Share.whole(),
                OPTIONS)) {
      engine.start(System.nanoTime());
      await(() -> server.requests() >= 50);
      long aborted = System.nanoTime();
      engine.abort();
      engine.completion().get(40, TimeUnit.SECONDS);
      assertThat(System.nanoTime() - aborted).isLessThan(100 * MILLI + canary.worstNanos());
    }
  }

  @Test
  void everyRequestIsInExactlyOneCut() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x"));
        Engine engine =
            Engine.create(
                Workloads.to(server.port())
                    .users(20)
                    .lasting(Duration.ofSeconds(2))
                    .get("/")
                    .build(),
                Share.whole(),
                OPTIONS)) {
      engine.start(System.nanoTime());
      Merged all = new Merged();
      int cuts = 0;
      while (!engine.finished()) {
        all.add(engine.cut(cuts++));
      }
      all.add(engine.cut(cuts));
      await(() -> all.requests() + all.interrupted() == server.requests());
      assertThat(all.failures()).isEmpty();
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"by itself", "stop", "abort"})
  void inEveryIntervalWhatUsersSendIsAccountedFor(String end) throws Exception {
    ScriptedServer.Script script =
        (request, c) -> {
          switch (c.served % 7) {
            case 3 -> c.reset();
            case 4 -> c.write("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
            case 6 -> {
              // No answer: a timeout, or interrupted.
            }
            default -> c.ok("x");
          }
        };
    try (ScriptedServer server = new ScriptedServer(script);
        Engine engine =
            Engine.create(
                Workloads.to(server.port())
                    .users(20)
                    .lasting(Duration.ofMillis(1500))
                    .timeout(Duration.ofMillis(300))
                    .gracefulStop(Duration.ofMillis(50))
                    .get("/")
                    .build(),
                Share.whole(),
                OPTIONS)) {
      long start = System.nanoTime();
      engine.start(start);
      Merged all = new Merged();
      boolean last = false;
      for (int k = 1; !last; k++) {
        Snapshot cut = engine.cut(k);
        last = cut.last();
        all.add(cut);
        assertThat(all.loads().getFirst().outstanding()).isEqualTo(cut.levels().inFlight());
        if (System.nanoTime() - start > 700 * MILLI && !end.equals("by itself")) {
          if (end.equals("stop")) {
            engine.stop();
          } else {
            engine.abort();
          }
        }
      }
      LoadCounts counts = all.loads().getFirst();
      assertThat(counts.outstanding()).isZero();
      assertThat(counts.failures()).isPositive();
      assertThat(counts.requests()).isEqualTo(all.requests());
      assertThat(counts.interrupted()).isEqualTo(all.interrupted());
    }
  }

  @Test
  void stopStartsNothingMoreNotEvenOnStopTasks() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              wait(late);
              c.ok("");
            })) {
      Workloads w =
          Workloads.to(server.port())
              .users(2)
              .lasting(Duration.ofSeconds(30))
              .timeout(Duration.ofSeconds(30));
      w.onStop(w.get("bye", "/bye", List.of(), List.of()));
      try (Engine engine = Engine.create(w.get("/").build(), Share.whole(), OPTIONS)) {
        engine.start(System.nanoTime());
        await(() -> server.requests() == 2);
        engine.stop();
        late.countDown();
        engine.completion().get(40, TimeUnit.SECONDS);
        assertThat(server.requests()).isEqualTo(2);
        assertThat(engine.cut(0).requests()).isEqualTo(2);
      }
    }
  }

  @Test
  void anEngineThatNeverStartedStopsAtOnce() throws Exception {
    try (Engine engine =
        Engine.create(Workloads.to(1).requests(1).get("/").build(), Share.whole(), OPTIONS)) {
      engine.stop();
      engine.completion().get(40, TimeUnit.SECONDS);
      assertThat(engine.cut(0).last()).isTrue();
    }
  }

  @Test
  void aRunnerWithoutAUserIsFinishedOnceStarted() throws Exception {
    try (Engine engine =
        Engine.create(Workloads.to(1).requests(1).get("/").build(), new Share(1, 2), OPTIONS)) {
      engine.start(System.nanoTime());
      engine.completion().get(40, TimeUnit.SECONDS);
    }
  }

  @Test
  void pacingKeepsItsSlotsAndCountsLatenessAsResponseTime() throws Exception {
    Again.slower(Duration.ofMillis(100), slot -> keepsItsSlots(slot.toMillis()));
  }

  private static void keepsItsSlots(long slot) throws Exception {
    ScriptedServer.Script script =
        (request, c) -> {
          if (c.served == 1) {
            wait(afterMillis(slot * 9 / 2));
          }
          c.ok("");
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port())
                  .pause(new Wait.Pacing(slot * MILLI))
                  .lasting(Duration.ofMillis(slot * 19 / 2))
                  .get("/")
                  .build());
      // Ten slots: the slow first answer delays the next ones, but loses none.
      assertThat(merged.requests()).isEqualTo(10);
      var total = merged.total("");
      assertThat(total.serviceTime().maxNanos()).isGreaterThan(slot * 9 / 2 * MILLI);
      // Intended in the second slot, answered in the fifth: its service time hides what its
      // response time tells.
      assertThat(total.responseTime().percentileMicros(85)).isGreaterThan(3_000 * slot);
      assertThat(total.serviceTime().percentileMicros(85)).isLessThan(2_000 * slot);
    }
  }

  private static CountDownLatch afterMillis(long millis) {
    CountDownLatch latch = new CountDownLatch(1);
    Thread.ofVirtual()
        .start(
            () -> {
              java.util.concurrent.locks.LockSupport.parkNanos(millis * MILLI);
              latch.countDown();
            });
    return latch;
  }

  @Test
  void thinkTimeIsPartOfNeitherTime() throws Exception {
    Again.slower(Duration.ofMillis(100), mean -> thinks(mean.toMillis()));
  }

  private static void thinks(long mean) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""))) {
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port())
                  .users(10)
                  .pause(new Wait.Between(mean / 2 * MILLI, mean * 3 / 2 * MILLI))
                  .lasting(Duration.ofMillis(20 * mean))
                  .get("/")
                  .build());
      // 10 users, twenty times what they think on average.
      assertThat(merged.requests()).isBetween(150L, 230L);
      assertThat(merged.total("").responseTime().percentileMicros(50)).isLessThan(200 * mean);
    }
  }

  @Test
  void onStartFailuresAreRecordedAndTheUserGoesOn() throws Exception {
    ScriptedServer.Script script =
        (request, c) -> {
          if (request.target().equals("/start")) {
            c.write("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
          } else {
            c.ok("");
          }
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Workloads w = Workloads.to(server.port()).requests(10);
      w.onStart(
          w.get("a", "/start", List.of(Workloads.BELOW_400), List.of()),
          w.get("b", "/never", List.of(), List.of()));
      w.onStart(w.get("c", "/second", List.of(), List.of()));
      Merged merged = EngineIT.run(w.get("/").build());
      assertThat(merged.failedRequests()).isEqualTo(1);
      assertThat(merged.requests()).isEqualTo(10);
      assertThat(server.received())
          .extracting(ScriptedServer.Received::target)
          .startsWith("/start", "/second", "/");
      assertThat(server.received())
          .extracting(ScriptedServer.Received::target)
          .doesNotContain("/never");
    }
  }

  @Test
  void anIdleConnectionThatTheTargetClosedIsOpenedAnew() throws Exception {
    Again.slower(Duration.ofMillis(20), idle -> closedWhileIdle((int) idle.toMillis()));
  }

  private static void closedWhileIdle(int idleMillis) throws Exception {
    ScriptedServer.Script script =
        (request, c) -> {
          c.socket.setSoTimeout(idleMillis);
          c.ok("");
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port())
                  .requests(5)
                  .pause(new Wait.Constant(5L * idleMillis * MILLI))
                  .get("/")
                  .build());
      assertThat(merged.failures()).isEmpty();
      assertThat(server.connections()).isEqualTo(5);
    }
  }
}
