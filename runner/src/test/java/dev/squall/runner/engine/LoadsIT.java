package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.runner.Again;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import dev.squall.runner.engine.arrival.LoadGen;
import dev.squall.runner.engine.arrival.LoadProfile;
import dev.squall.runner.engine.arrival.RecordedSchedule;
import dev.squall.runner.engine.arrival.Stage;
import dev.squall.runner.engine.arrival.UserProfile;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.QueryTimes;
import dev.squall.runner.recording.SeriesSnapshot;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Loads beside each other, each with its own start, stages, counts and scenarios. */
@Timeout(180)
class LoadsIT {
  private static final EngineOptions TRACED =
      TestedOptions.ofEnvironment().withEventLoops(2).withTraceHeaders(true);
  private static final long MILLI = 1_000_000;

  private static Load.Terms terms(String name, long startMillis, long durationMillis) {
    return new Load.Terms(
        name,
        startMillis * MILLI,
        durationMillis == 0 ? OptionalLong.empty() : OptionalLong.of(durationMillis * MILLI),
        5000 * MILLI,
        List.of(),
        false,
        false);
  }

  private static Load.Closed users(Load.Terms terms, int count) {
    return new Load.Closed(
        terms, new Population.Spawned(count, 1e9), OptionalLong.empty(), OptionalLong.empty());
  }

  @Test
  void usersComeAndGoByTheStagesAndGoOnCountingWhenTheyComeAgain() throws Exception {
    Again.slower(Duration.ofMillis(100), unit -> comeAndGo(unit.toNanos()));
  }

  private static void comeAndGo(long unit) throws Exception {
    // 0 to 4 users in 4 units of time, 4 for 3, down to 1 in 3 and there for 3, 3 for 5, then none.
    UserProfile profile =
        new UserProfile(
            LoadProfile.of(
                0,
                List.of(
                    new Stage.Ramp(4, 4 * unit),
                    new Stage.Hold(3 * unit),
                    new Stage.Ramp(1, 3 * unit),
                    new Stage.Hold(3 * unit),
                    new Stage.Step(3, 5 * unit),
                    new Stage.Step(0, MILLI))));
    Load load =
        new Load.Closed(
            terms("staged", 0, 0),
            new Population.Staged(profile),
            OptionalLong.empty(),
            OptionalLong.empty());
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""))) {
      Workloads w = Workloads.to(server.port()).pause(new Wait.Constant(10 * MILLI));
      w.onStart(w.get("login", "/login", List.of(), List.of()));
      w.onStop(w.get("logout", "/logout", List.of(), List.of()));
      try (Engine engine = Engine.create(w.load(load).get("/").build(), Share.whole(), TRACED)) {
        long start = System.nanoTime();
        engine.start(start);
        LifeIT.await(() -> System.nanoTime() - start > 11 * unit / 2);
        assertThat(engine.users()).isEqualTo(4);
        LifeIT.await(() -> engine.users() == 1 || engine.finished());
        assertThat(System.nanoTime() - start).isBetween(89 * unit / 10, 13 * unit);
        LifeIT.await(() -> engine.users() == 3 || engine.finished());
        assertThat(System.nanoTime() - start).isBetween(129 * unit / 10, 18 * unit);
        engine.completion().get(40, TimeUnit.SECONDS);
        assertThat(System.nanoTime() - start).isGreaterThan(179 * unit / 10);
        assertThat(engine.cut(1).failures()).isEmpty();
      }
      assertThat(server.received())
          .extracting(ScriptedServer.Received::key)
          .doesNotHaveDuplicates();
      // Four came, and two of them twice.
      assertThat(server.received()).filteredOn(r -> r.target().equals("/login")).hasSize(6);
      assertThat(server.received()).filteredOn(r -> r.target().equals("/logout")).hasSize(6);
    }
  }

  @Test
  void eachLoadHasItsOwnStartDurationAndScenarios() throws Exception {
    ConcurrentLinkedQueue<Long> surge = new ConcurrentLinkedQueue<>();
    ScriptedServer.Script script =
        (request, c) -> {
          if (request.target().equals("/surge")) {
            surge.add(System.nanoTime());
          }
          c.ok("");
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Workloads w = Workloads.to(server.port());
      Step usual = w.get("usual", "/usual", List.of(), List.of());
      Step rush = w.get("rush", "/surge", List.of(), List.of());
      Wait wait = new Wait.Constant(5 * MILLI);
      Load.Terms late = terms("surge", 300, 200);
      Workload built = w.requests(1).get("/").build();
      Workload workload =
          new Workload(
              1,
              built.target(),
              List.of(
                  users(scenario(terms("expected", 0, 800), 0), 2), users(scenario(late, 1), 5)),
              List.of(
                  new Scenario(
                      "a",
                      1,
                      wait,
                      List.of(),
                      List.of(new Task("t", 1, List.of(usual))),
                      List.of()),
                  new Scenario(
                      "b",
                      1,
                      wait,
                      List.of(),
                      List.of(new Task("t", 1, List.of(rush))),
                      List.of())),
              built.series(),
              List.of());
      long start = System.nanoTime();
      Merged merged = EngineIT.run(workload, Share.whole(), TRACED);
      assertThat(System.nanoTime() - start).isGreaterThan(780 * MILLI);
      assertThat(surge).isNotEmpty();
      assertThat(surge).allSatisfy(at -> assertThat(at - start).isGreaterThan(300 * MILLI));
      assertThat(merged.loads()).extracting(LoadCounts::load).containsExactly("expected", "surge");
      assertThat(merged.loads().get(1).requests()).isEqualTo(surge.size());
      assertThat(merged.loads().get(0).requests())
          .isEqualTo(server.requests() - surge.size())
          .isPositive();
      // Users 2 to 6 are the surge's.
      assertThat(server.received())
          .filteredOn(r -> r.target().equals("/surge"))
          .extracting(ScriptedServer.Received::user)
          .isSubsetOf("2", "3", "4", "5", "6");
    }
  }

  private static Load.Terms scenario(Load.Terms terms, int scenario) {
    return new Load.Terms(
        terms.name(),
        terms.startNanos(),
        terms.durationNanos(),
        terms.gracefulStopNanos(),
        List.of(scenario),
        terms.warmUp(),
        terms.apart());
  }

  @Test
  void aScenarioThatIsNotThereIsRefused() {
    Workloads w = Workloads.to(1).load(users(scenario(terms("expected", 0, 800), 1), 2)).get("/");
    assertThatIllegalArgumentException()
        .isThrownBy(w::build)
        .withMessageContaining("'expected' names a scenario");
  }

  @Test
  void whatAWarmUpDoesIsKeptApart() throws Exception {
    Again.slower(Duration.ofMillis(100), unit -> warmsUp(unit.toMillis()));
  }

  private static void warmsUp(long unit) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              if (server(request) < 2) {
                c.ok("");
              } else {
                c.write("HTTP/1.1 500 No\r\nContent-Length: 0\r\n\r\n");
              }
            })) {
      Load.Terms warm =
          new Load.Terms("warm", 0, OptionalLong.of(unit * MILLI), 0, List.of(), true, false);
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port())
                  .pause(new Wait.Constant(5 * MILLI))
                  .load(users(terms("expected", 2 * unit, 2 * unit), 2))
                  .load(users(warm, 1))
                  .get("/")
                  .build(),
              Share.whole(),
              TRACED);
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.warmUp().failures()).hasSize(1);
      SeriesSnapshot warmed = merged.warmUp().series().getFirst();
      assertThat(warmed.requests()).isEqualTo(warmed.failures()).isGreaterThan(2);
      long sent = merged.requests() + warmed.requests() + merged.loads().get(1).interrupted();
      // The target may come to read only when what is interrupted is reset.
      LifeIT.await(() -> sent == server.requests());
      assertThat(merged.loads().get(0).warmUp()).isFalse();
      assertThat(merged.loads().get(1).warmUp()).isTrue();
      assertThat(merged.loads().get(1).failures()).isEqualTo(warmed.failures());
      assertThat(merged.lateness().count()).isEqualTo(merged.requests());
      // The first answer of all is the warm-up's.
      assertThat(merged.firstAnswer().orElseThrow().afterStartNanos())
          .isBetween(1L, unit * 3 / 2 * MILLI);
    }
  }

  private static int server(ScriptedServer.Received request) {
    return Integer.parseInt(request.user());
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void iterationsAreSharedOutExactly(int runners) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""))) {
      Workloads w = Workloads.to(server.port());
      w.onStart(w.get("login", "/login", List.of(), List.of()));
      w.task(1, w.get("a", "/a", List.of(), List.of()), w.get("b", "/b", List.of(), List.of()));
      Load load =
          new Load.Closed(
              terms("counted", 0, 0),
              new Population.Spawned(7, 1e9),
              OptionalLong.empty(),
              OptionalLong.of(100));
      Workload workload = w.load(load).build();
      for (int i = 0; i < runners; i++) {
        EngineIT.run(workload, new Share(i, runners), TRACED);
      }
      for (String target : List.of("/a", "/b")) {
        assertThat(server.received()).filteredOn(r -> r.target().equals(target)).hasSize(100);
      }
      assertThat(server.received()).filteredOn(r -> r.target().equals("/login")).hasSize(7);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void aQueryIsSentWhenAllSamplesOfTheOneBeforeAreAnswered(int samples) throws Exception {
    AtomicInteger open = new AtomicInteger();
    AtomicInteger begun = new AtomicInteger();
    AtomicInteger overlapped = new AtomicInteger();
    ScriptedServer.Script script =
        (request, c) -> {
          int arrival = Integer.parseInt(request.headers().getOrDefault("x-squall-iteration", "0"));
          begun.accumulateAndGet(arrival / samples, Math::max);
          open.incrementAndGet();
          LockSupport.parkNanos(MILLI * (1 + arrival % 5));
          if (begun.get() != arrival / samples || open.get() > samples) {
            overlapped.incrementAndGet();
          }
          open.decrementAndGet();
          c.ok("");
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Load load = new Load.Queries(terms("queries", 0, 0), samples, 200 * MILLI, 20);
      Workload workload = Workloads.to(server.port()).load(load).get("/").build();
      long start = System.nanoTime();
      Merged merged = new Merged();
      for (int i = 0; i < 2; i++) {
        merged.add(EngineIT.run(workload, new Share(i, 2), TRACED));
      }
      assertThat(System.nanoTime() - start).isGreaterThan(200 * MILLI);
      assertThat(merged.requests()).isGreaterThanOrEqualTo(20L * samples);
      assertThat(merged.requests() % samples).isZero();
      QueryTimes queries = merged.queries().getFirst();
      assertThat(queries.load()).isEqualTo("queries");
      assertThat(queries.times().count()).isEqualTo(merged.requests() / samples);
      // No query is quicker than its slowest sample: the mean of their greatest is above the mean.
      assertThat(queries.times().meanNanos())
          .isGreaterThanOrEqualTo(merged.total("").responseTime().meanNanos());
      assertThat(merged.loads().getFirst().outstanding()).isZero();
      assertThat(server.requests()).isEqualTo((int) merged.requests());
      assertThat(server.connections()).isEqualTo(samples);
      assertThat(overlapped).hasValue(0);
    }
  }

  @Test
  void aReplaySendsWhenTheRecordSays() throws Exception {
    Again.slower(Duration.ofMillis(100), unit -> replays(unit.toMillis()));
  }

  private static void replays(long unit) throws Exception {
    ConcurrentLinkedQueue<Long> at = new ConcurrentLinkedQueue<>();
    ScriptedServer.Script script =
        (request, c) -> {
          at.add(System.nanoTime());
          c.ok("");
        };
    // At double speed: after 0, 1, 1 and 4 units of time.
    long at2 = 5 + 2 * unit * MILLI;
    ArrivalSchedule record = RecordedSchedule.of(new long[] {5, at2, 5 + 8 * unit * MILLI, at2}, 2);
    try (ScriptedServer server = new ScriptedServer(script)) {
      Load load = new Load.Open(terms("replay", 0, 0), record, 10, Load.Overflow.WAIT);
      try (Engine engine =
          Engine.create(
              Workloads.to(server.port()).load(load).get("/").build(), Share.whole(), TRACED)) {
        long start = System.nanoTime() + 50 * MILLI;
        engine.start(start);
        engine.completion().get(40, TimeUnit.SECONDS);
        List<Long> after = at.stream().map(n -> (n - start) / MILLI).sorted().toList();
        assertThat(after).hasSize(4);
        long[] due = {0, unit, unit, 4 * unit};
        for (int i = 0; i < 4; i++) {
          assertThat(after.get(i)).isBetween(due[i], due[i] + unit * 9 / 10);
        }
      }
    }
  }

  @Test
  void anOpenLoadEndsWithItsDurationIfThatIsShorterThanItsSchedule() throws Exception {
    LoadGen.Issue issue =
        new LoadGen(new LoadGen.Scenario.Server(1000), 600_000 * MILLI, 100, 0.99).issue(3);
    assertThat(issue).isInstanceOf(LoadGen.Issue.OnSchedule.class);
    ArrivalSchedule schedule = ((LoadGen.Issue.OnSchedule) issue).schedule();
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""))) {
      Load load = new Load.Open(terms("server", 100, 400), schedule, 50, Load.Overflow.WAIT);
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port()).load(load).get("/").build(), Share.whole(), TRACED);
      var cursor = schedule.cursor();
      cursor.seekNanos(400 * MILLI);
      assertThat(merged.loads())
          .containsExactly(
              new LoadCounts("server", false, cursor.index(), cursor.index(), 0, 0, 0));
    }
  }

  @Test
  void anOfflineQueryIsOfferedAtOnce() throws Exception {
    LoadGen.Issue issue = new LoadGen(new LoadGen.Scenario.Offline(5000), 1, 1, 0.99).issue(3);
    ArrivalSchedule schedule = ((LoadGen.Issue.OnSchedule) issue).schedule();
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""))) {
      Load load = new Load.Open(terms("offline", 0, 0), schedule, 20, Load.Overflow.WAIT);
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port()).load(load).get("/").build(), Share.whole(), TRACED);
      assertThat(merged.loads())
          .containsExactly(new LoadCounts("offline", false, 5000, 5000, 0, 0, 0));
      assertThat(server.connections()).isEqualTo(20);
    }
  }

  @Test
  void aLoadThatNeverEndsIsRefused() {
    UserProfile stays = new UserProfile(LoadProfile.of(0, List.of(new Stage.Ramp(4, MILLI))));
    Population users = new Population.Staged(stays);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () ->
                new Load.Closed(
                    Load.Terms.of("x", OptionalLong.empty(), Duration.ZERO.toNanos()),
                    users,
                    OptionalLong.empty(),
                    OptionalLong.empty()))
        .withMessageContaining("'x' needs a duration");
  }
}
