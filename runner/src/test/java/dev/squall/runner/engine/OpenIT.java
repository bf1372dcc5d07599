package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import dev.squall.runner.Again;
import dev.squall.runner.engine.arrival.ArrivalSchedule;
import dev.squall.runner.engine.arrival.Arrivals;
import dev.squall.runner.engine.arrival.Bounds;
import dev.squall.runner.engine.arrival.Per;
import dev.squall.runner.engine.arrival.RateProfile;
import dev.squall.runner.engine.arrival.RateSchedule;
import dev.squall.runner.engine.arrival.RecordedSchedule;
import dev.squall.runner.engine.payload.Dataset;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.Snapshot;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Open loads: arrivals whatever the target does. */
@Timeout(180)
class OpenIT {
  private static final EngineOptions TRACED =
      TestedOptions.ofEnvironment().withEventLoops(2).withTraceHeaders(true);
  private static final long MILLI = 1_000_000;

  private static ArrivalSchedule poisson(double perSecond, long count) {
    return RateSchedule.of(
        new Arrivals.Poisson(false),
        RateProfile.constant(perSecond, Per.SECOND),
        Bounds.count(count),
        5);
  }

  private static ArrivalSchedule atOnce(int count) {
    return RecordedSchedule.of(new long[count], 1);
  }

  private static Load.Open open(
      ArrivalSchedule schedule, int bound, Load.Overflow overflow, Duration gracefulStop) {
    return new Load.Open(
        Load.Terms.of("open", OptionalLong.empty(), gracefulStop.toNanos()),
        schedule,
        bound,
        overflow);
  }

  private static Load.Open waiting(ArrivalSchedule schedule, int bound) {
    return open(schedule, bound, Load.Overflow.WAIT, Duration.ofSeconds(40));
  }

  /** Two scenarios, three tasks, one of two steps. */
  private static Workload mixed(int port, Load load) {
    Workloads w = Workloads.to(port);
    w.task(3, w.get("a", "/a", List.of(Workloads.BELOW_400), List.of()));
    w.task(
        1,
        w.get("b", "/b", List.of(Workloads.BELOW_400), List.of()),
        w.get("c", "/c", List.of(Workloads.BELOW_400), List.of()));
    return w.load(load).build();
  }

  private static List<String> sent(int runners) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("{}"))) {
      List<Engine> engines = new ArrayList<>();
      Workload workload = mixed(server.port(), waiting(poisson(2000, 700), 40));
      for (int i = 0; i < runners; i++) {
        engines.add(Engine.create(workload, new Share(i, runners), TRACED));
      }
      long start = System.nanoTime();
      engines.forEach(engine -> engine.start(start));
      Merged merged = new Merged();
      for (Engine engine : engines) {
        engine.completion().get(40, TimeUnit.SECONDS);
        merged.add(engine.cut(1));
        engine.close();
      }
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(server.requests()).isGreaterThan(700);
      assertThat(counts(merged).offered()).isEqualTo(merged.requests());
      return server.received().stream().map(r -> r.key() + r.content()).sorted().toList();
    }
  }

  private static LoadCounts counts(Merged merged) {
    assertThat(merged.loads()).hasSize(1);
    return merged.loads().getFirst();
  }

  @Test
  void theSameRequestsAreSentByAnyNumberOfRunners() throws Exception {
    List<String> one = sent(1);
    assertThat(one).doesNotHaveDuplicates();
    for (int runners : new int[] {2, 3, 7}) {
      assertThat(sent(runners)).isEqualTo(one);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 3, 10})
  void neverMoreAreInFlightThanTheBoundAndWhatWaitsKeepsItsTime(int bound) throws Exception {
    java.util.concurrent.atomic.AtomicInteger inFlight =
        new java.util.concurrent.atomic.AtomicInteger();
    java.util.concurrent.atomic.AtomicInteger most =
        new java.util.concurrent.atomic.AtomicInteger();
    CountDownLatch full = new CountDownLatch(bound);
    ScriptedServer.Script script =
        (request, c) -> {
          most.accumulateAndGet(inFlight.incrementAndGet(), Math::max);
          // The first ones wait for each other, however late one is read.
          full.countDown();
          LifeIT.wait(full);
          pause(20);
          inFlight.decrementAndGet();
          c.ok("");
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port()).load(waiting(atOnce(30), bound)).get("/").build());
      assertThat(counts(merged)).isEqualTo(new LoadCounts("open", false, 30, 30, 0, 0, 0));
      assertThat(most.get()).isEqualTo(bound);
      assertThat(server.connections()).isEqualTo(bound);
      // The last of them waited for all the others before it.
      long last = 20 * MILLI * (30 / bound);
      var total = merged.total("");
      assertThat(total.responseTime().maxNanos()).isGreaterThanOrEqualTo(last);
      assertThat(total.queueing().maxNanos())
          .isBetween(last - 20 * MILLI, total.responseTime().maxNanos());
      // Which is no part of service time: all were offered at once, in three rounds or more.
      assertThat(total.serviceTime().sumNanos())
          .isLessThan(total.responseTime().sumNanos() * 3 / 4);
    }
  }

  private static void pause(int millis) {
    java.util.concurrent.locks.LockSupport.parkNanos(millis * MILLI);
  }

  @Test
  void whatDoesNotFitIsDroppedAndCounted() throws Exception {
    CountDownLatch late = new CountDownLatch(1);
    ScriptedServer.Script script =
        (request, c) -> {
          LifeIT.wait(late);
          c.ok("");
        };
    try (ScriptedServer server = new ScriptedServer(script);
        Engine engine =
            Engine.create(
                Workloads.to(server.port())
                    .load(open(atOnce(30), 7, Load.Overflow.DROP, Duration.ofSeconds(40)))
                    .get("/")
                    .build(),
                Share.whole(),
                TRACED)) {
      engine.start(System.nanoTime());
      LifeIT.await(() -> server.requests() == 7);
      Merged merged = new Merged();
      Snapshot first = engine.cut(1);
      assertThat(first.levels().inFlight()).isEqualTo(7);
      merged.add(first);
      late.countDown();
      engine.completion().get(40, TimeUnit.SECONDS);
      merged.add(engine.cut(2));
      assertThat(counts(merged)).isEqualTo(new LoadCounts("open", false, 30, 7, 0, 23, 0));
    }
  }

  @Test
  void inEveryIntervalWhatIsOfferedIsAccountedFor() throws Exception {
    // Some answers take long, some are refused, some connections are reset.
    ScriptedServer.Script script =
        (request, c) -> {
          int arrival = Integer.parseInt(request.headers().getOrDefault("x-squall-iteration", "0"));
          switch (arrival % 10) {
            case 0 -> pause(30);
            case 1 -> c.reset();
            case 2 -> c.write("HTTP/1.1 503 No\r\nContent-Length: 0\r\n\r\n");
            default -> {}
          }
          if (arrival % 10 != 1 && arrival % 10 != 2) {
            c.ok("");
          }
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Load load = open(poisson(3000, 3000), 8, Load.Overflow.WAIT, Duration.ofMillis(50));
      try (Engine engine = Engine.create(mixed(server.port(), load), Share.whole(), TRACED)) {
        engine.start(System.nanoTime());
        accountedFor(engine, false);
      }
    }
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void whatIsOfferedIsAccountedForWhenItIsStopped(boolean abort) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> pause(40))) {
      Load load = open(poisson(1000, 100_000), 8, Load.Overflow.WAIT, Duration.ofMillis(80));
      try (Engine engine = Engine.create(mixed(server.port(), load), Share.whole(), TRACED)) {
        engine.start(System.nanoTime());
        LifeIT.await(() -> server.requests() == 8 && engine.cut(1).levels().waiting() > 20);
      }
      try (Engine engine = Engine.create(mixed(server.port(), load), Share.whole(), TRACED)) {
        engine.start(System.nanoTime());
        LifeIT.await(() -> server.requests() == 16);
        if (abort) {
          engine.abort();
        } else {
          engine.stop();
        }
        LoadCounts counts = accountedFor(engine, true);
        assertThat(counts.interrupted()).isPositive();
        assertThat(counts.offered()).isLessThan(10_000);
      }
    }
  }

  private static LoadCounts accountedFor(Engine engine, boolean stopped) throws Exception {
    Merged merged = new Merged();
    boolean last = false;
    for (int k = 1; !last; k++) {
      Snapshot cut = engine.cut(k);
      merged.add(cut);
      last = cut.last();
      assertThat(counts(merged).outstanding())
          .as("outstanding after cut %d", k)
          .isEqualTo(cut.levels().inFlight() + cut.levels().waiting());
    }
    LoadCounts counts = counts(merged);
    assertThat(counts.outstanding()).isZero();
    assertThat(counts.requests()).isEqualTo(merged.requests());
    assertThat(counts.failures()).isEqualTo(merged.failedRequests());
    if (!stopped) {
      assertThat(counts.failures()).isPositive();
    }
    return counts;
  }

  @Test
  void whatStillWaitsAfterTheGracefulStopIsDroppedAndWhatIsInFlightInterrupted() throws Exception {
    Again.slower(Duration.ofMillis(300), OpenIT::stillWaits);
  }

  private static void stillWaits(Duration stop) throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> {})) {
      long begun = System.nanoTime();
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port())
                  .timeout(Duration.ofSeconds(40))
                  .load(open(atOnce(30), 4, Load.Overflow.WAIT, stop))
                  .get("/")
                  .build());
      assertThat(System.nanoTime() - begun).isGreaterThan(stop.toNanos());
      assertThat(counts(merged)).isEqualTo(new LoadCounts("open", false, 30, 0, 0, 26, 4));
      // The target may come to read only when they are reset.
      LifeIT.await(() -> server.requests() == 4);
    }
  }

  @Test
  void aTargetThatIsNotThereGetsEveryArrivalOnce() throws Exception {
    try (RefusingPort port = new RefusingPort()) {
      Merged merged =
          EngineIT.run(
              Workloads.to(port.number()).load(waiting(atOnce(3000), 16)).get("/").build());
      assertThat(counts(merged)).isEqualTo(new LoadCounts("open", false, 3000, 3000, 3000, 0, 0));
    }
  }

  @Test
  void rowsTakenOnceEndTheLoad() throws Exception {
    Dataset.Builder rows = Dataset.builder("people", 0, Dataset.Order.EACH_ONCE, List.of("id"));
    IntStream.range(0, 50).forEach(i -> rows.add(List.of("" + i)));
    Dataset people = rows.build();
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok(""))) {
      Workloads w = Workloads.to(server.port()).load(waiting(atOnce(1000), 10));
      w.task(
          1,
          w.step(
              "row",
              "POST",
              Template.of("/row"),
              new RequestTemplate.Json(people.row(), Draw.ROOT),
              List.of(),
              List.of()));
      Workload workload = w.datasets(people).build();
      Merged merged = new Merged();
      for (int i = 0; i < 3; i++) {
        merged.add(EngineIT.run(workload, new Share(i, 3), TRACED));
      }
      assertThat(counts(merged).offered()).isEqualTo(50);
      assertThat(server.received())
          .extracting(ScriptedServer.Received::body)
          .hasSize(50)
          .doesNotHaveDuplicates();
    }
  }

  @Test
  void aBoundBelowTheNumberOfRunnersIsRefused() {
    Workload workload = Workloads.to(1).load(waiting(atOnce(9), 2)).get("/").build();
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engine.create(workload, new Share(2, 3), TRACED).close())
        .withMessageContaining("raise maxInFlight");
  }
}
