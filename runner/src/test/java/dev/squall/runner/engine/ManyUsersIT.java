package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.Snapshot;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.BitSet;
import java.util.concurrent.TimeUnit;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What many users that wait cost, and whether they are on time. {@code make bench ROWS=memory}. */
@Timeout(400)
class ManyUsersIT {
  private static final long MILLI = 1_000_000;
  private static final EngineOptions ONE_LOOP =
      TestedOptions.ofEnvironment().withEventLoops(1).withTraceHeaders(true);

  private static long heapUsed() {
    var memory = ManagementFactory.getMemoryMXBean();
    memory.gc();
    memory.gc();
    return memory.getHeapMemoryUsage().getUsed();
  }

  /** Bytes of heap that an engine takes whose users have all sent a request and wait. */
  private static long heapOf(int users) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((request, c) -> c.ok("{}"), ServerSocketFactory.getDefault(), false)) {
      long before = heapUsed();
      Workload workload =
          PoolIT.to(server.port(), ConnectionSettings.shared(16))
              .users(users)
              .spawnRate(10_000)
              .pause(new Wait.Between(100_000 * MILLI, 300_000 * MILLI))
              .lasting(Duration.ofHours(1))
              .timeout(Duration.ofMinutes(5))
              .get("/")
              .build();
      try (Engine engine = Engine.create(workload, Share.whole(), ONE_LOOP)) {
        engine.start(System.nanoTime());
        // As long as the machine takes for so many; the test's timeout bounds it.
        while (server.requests() < users || inFlight(engine) > 0) {
          TimeUnit.MILLISECONDS.sleep(5);
        }
        assertThat(engine.users()).isEqualTo(users);
        return heapUsed() - before;
      }
    }
  }

  private static long inFlight(Engine engine) {
    return engine.cut(1).levels().inFlight();
  }

  @Test
  void aUserThatWaitsTakesLessThan240BytesOfHeap() throws Exception {
    int few = 100;
    int many = 40_000;
    // Once for nothing: meanwhile what earlier tests left behind is collected.
    long _ = heapOf(few);
    long first = heapOf(few);
    double each = (heapOf(many) - first) / (double) (many - few);
    assertThat(each).isLessThan(240);
  }

  @Test
  void everyUserIsOnTimeAndHasItsIteration() throws Exception {
    Again.slower(Duration.ofSeconds(8), ManyUsersIT::isOnTime);
  }

  private static void isOnTime(Duration length) throws Exception {
    int users = 20_000;
    BitSet seen = new BitSet();
    try (ScriptedServer server =
            new ScriptedServer(
                (request, c) -> {
                  synchronized (seen) {
                    seen.set(Integer.parseInt(request.user()));
                  }
                  c.ok("{}");
                },
                ServerSocketFactory.getDefault(),
                false);
        Canary canary = new Canary()) {
      // What the JVM does in a runner's rehearsal.
      Merged _ =
          EngineIT.run(
              hurried(server.port(), 2_000, Duration.ofSeconds(2)), Share.whole(), ONE_LOOP);
      seen.clear();
      int before = server.requests();
      Merged merged = new Merged();
      try (Engine engine =
          Engine.create(hurried(server.port(), users, length), Share.whole(), ONE_LOOP)) {
        engine.start(System.nanoTime());
        engine.completion().get(120, TimeUnit.SECONDS);
        Snapshot cut = engine.cut(1);
        merged.add(cut);
        assertThat(cut.levels().inFlight()).isZero();
      }
      LoadCounts counts = merged.loads().getFirst();
      assertThat(merged.failures()).isEmpty();
      assertThat(counts.outstanding()).isZero();
      assertThat(counts.requests()).isEqualTo(server.requests() - before).isGreaterThan(users);
      assertThat(seen.cardinality()).isEqualTo(users);
      assertThat(merged.lateness().percentileMicros(99) * 1_000)
          .isLessThan(5 * MILLI + canary.worstNanos());
    }
  }

  private static Workload hurried(int port, int users, Duration length) {
    return PoolIT.to(port, ConnectionSettings.shared(16))
        .users(users)
        .spawnRate(users * 8.0 / 5 / length.toSeconds())
        .pause(new Wait.Between(length.toNanos() / 2, length.toNanos() * 9 / 8))
        .lasting(length)
        .get("/")
        .build();
  }
}
