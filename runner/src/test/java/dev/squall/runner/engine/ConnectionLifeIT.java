package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** When connections are opened and closed, by the target's own log. */
@Timeout(180)
class ConnectionLifeIT {
  private static final long MILLI = 1_000_000;
  private static final EngineOptions OPTIONS = TestedOptions.ofEnvironment().withEventLoops(2);

  private static ConnectionSettings settings(boolean shared, int max) {
    return shared ? ConnectionSettings.shared(max) : ConnectionSettings.perUser();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionLivesNoLongerThanItMayAndNoRequestIsLost(boolean shared) throws Exception {
    Again.slower(Duration.ofMillis(400), life -> living(shared, life.toNanos()));
  }

  private static void living(boolean shared, long life) throws Exception {
    // Slow enough that all users have a request in flight at a time, so a pool needs 8 as well.
    try (ScriptedServer server = new ScriptedServer((request, c) -> PoolIT.answerAfter(6, c));
        Canary canary = new Canary()) {
      Merged merged =
          EngineIT.run(
              PoolIT.to(server.port(), settings(shared, 8).living(life))
                  .users(8)
                  .pause(new Wait.Constant(2 * MILLI))
                  .lasting(Duration.ofNanos(life * 25 / 4))
                  .get("/")
                  .build());
      assertThat(merged.failures()).isEmpty();
      LifeIT.await(() -> server.open() == 0);
      long slack = life / 8 + 2 * canary.worstNanos();
      List<ScriptedServer.Life> lives = server.lives();
      // 8 places, each for 6 1/4 times a half to a whole of it.
      assertThat(lives).hasSizeGreaterThan(30);
      assertThat(lives)
          .allSatisfy(
              one -> assertThat(one.diedNanos() - one.bornNanos()).isLessThan(life + slack));
      long inFull =
          lives.stream().filter(one -> one.diedNanos() - one.bornNanos() > life * 45 / 100).count();
      assertThat(inFull).isGreaterThan(20);
      // Those opened together at the start do not end together.
      long first = lives.stream().mapToLong(ScriptedServer.Life::bornNanos).min().orElseThrow();
      LongStream ends =
          lives.stream()
              .filter(one -> one.bornNanos() < first + life / 4)
              .mapToLong(ScriptedServer.Life::diedNanos);
      long[] sorted = ends.sorted().toArray();
      assertThat(sorted[sorted.length - 1] - sorted[0]).isGreaterThan(life / 5);
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatIsIdleForTooLongIsClosed(boolean shared) throws Exception {
    Again.slower(Duration.ofMillis(100), answer -> idle(shared, answer.toMillis()));
  }

  private static void idle(boolean shared, long millis) throws Exception {
    // Slow enough that the users' requests overlap also on a busy machine: a pool needs 3 as well.
    try (ScriptedServer server = new ScriptedServer((request, c) -> PoolIT.answerAfter(millis, c));
        Canary canary = new Canary()) {
      Merged merged =
          EngineIT.run(
              PoolIT.to(server.port(), settings(shared, 3).idleAtMost(millis * 3 / 2 * MILLI))
                  .users(3)
                  .pause(new Wait.Constant(4 * millis * MILLI))
                  .requests(12)
                  .get("/")
                  .build());
      assertThat(merged.loads()).containsExactly(new LoadCounts("load", false, 12, 12, 0, 0, 0));
      assertThat(server.connections()).isEqualTo(12);
      LifeIT.await(() -> server.lives().size() == 12);
      // The last ones end with the run.
      assertThat(server.lives().stream().map(one -> one.diedNanos() - one.bornNanos()))
          .filteredOn(age -> age > 24 * millis * MILLI / 10)
          .hasSizeGreaterThanOrEqualTo(9)
          .allSatisfy(
              age ->
                  assertThat(age).isLessThan(35 * millis * MILLI / 10 + 2 * canary.worstNanos()));
    }
  }

  @Test
  void connectionsAreOpenedBeforeTheStartAtTheirRateAndThenUsed() throws Exception {
    Again.ifSpoiled(ConnectionLifeIT::opensBeforeTheStart);
  }

  private static void opensBeforeTheStart() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("{}"));
        Canary canary = new Canary()) {
      ConnectionSettings connections = ConnectionSettings.shared(20).opened(16, 50);
      Workload workload =
          PoolIT.to(server.port(), connections).users(20).requests(200).get("/").build();
      try (Engine engine = Engine.create(workload, Share.whole(), OPTIONS)) {
        long begun = System.nanoTime();
        engine.open().get(20, TimeUnit.SECONDS);
        long took = System.nanoTime() - begun;
        // From the first to the sixteenth are fifteen intervals of 20 ms.
        assertThat(took).isBetween(290 * MILLI, 600 * MILLI + 2 * canary.worstNanos());
        assertThat(engine.opening()).isEmpty();
        LifeIT.await(() -> server.open() == 16);
        assertThat(server.requests()).isZero();
        engine.start(System.nanoTime());
        engine.completion().get(20, TimeUnit.SECONDS);
        assertThat(engine.cut(1).failures()).isEmpty();
        assertThat(server.requests()).isEqualTo(200);
        assertThat(server.connections()).isBetween(16, 20);
      }
    }
  }

  @Test
  void aTargetThatComesLateIsWaitedForWithWords() throws Exception {
    try (RefusingPort port = new RefusingPort();
        Engine engine =
            Engine.create(
                PoolIT.to(port.number(), ConnectionSettings.shared(4).opened(3, 1_000))
                    .requests(5)
                    .get("/")
                    .build(),
                Share.whole(),
                OPTIONS)) {
      CompletableFuture<Void> open = engine.open();
      LifeIT.await(() -> engine.opening().contains("refused"));
      assertThat(engine.opening())
          .isEqualTo("0 of 3 connections are open; one failed: connection refused");
      assertThat(open).isNotDone();
      try (ScriptedServer server = new ScriptedServer(port.number(), (request, c) -> c.ok("{}"))) {
        open.get(20, TimeUnit.SECONDS);
        assertThat(engine.opening())
            .as("after %d accepted, of which ended %s", server.connections(), server.lives())
            .isEmpty();
        LifeIT.await(() -> server.open() == 3);
        // One that is closed before the start is opened again.
        server.closeConnections();
        LifeIT.await(() -> server.connections() >= 6 && server.open() == 3);
        engine.start(System.nanoTime());
        engine.completion().get(20, TimeUnit.SECONDS);
        assertThat(engine.cut(1).failures()).isEmpty();
        assertThat(server.requests()).isEqualTo(5);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void nothingOfAClosedConnectionIsKept(boolean shared) throws Exception {
    int users = 8;
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.okAndClose("x"));
        Engine engine =
            Engine.create(
                PoolIT.to(server.port(), settings(shared, users))
                    .users(users)
                    .requests(1_000)
                    .get("/")
                    .build(),
                Share.whole(),
                OPTIONS)) {
      engine.start(System.nanoTime());
      engine.completion().get(40, TimeUnit.SECONDS);
      assertThat(engine.cut(1).failures()).isEmpty();
      assertThat(server.connections()).isEqualTo(1_000);
      // An engine that has ended keeps its event loops, and the last connections may still close.
      LifeIT.await(() -> LiveObjects.of(Connection.class) <= 2L * users);
    }
  }
}
