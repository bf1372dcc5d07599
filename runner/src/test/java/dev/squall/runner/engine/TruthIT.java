package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.engine.arrival.Arrivals;
import dev.squall.runner.engine.arrival.Bounds;
import dev.squall.runner.engine.arrival.Per;
import dev.squall.runner.engine.arrival.RateProfile;
import dev.squall.runner.engine.arrival.RateSchedule;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.Times;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * What the engine adds to the truth: to what a target itself says that it took, and to the instants
 * at which requests were due. A busy machine keeps threads from waking; as long as one that sleeps
 * in the same process was kept, or the event loop by its own beats, is no fault of the engine's.
 */
@Timeout(240)
class TruthIT {
  private static final long SECOND = 1_000_000_000L;
  private static final long ANSWER_NANOS = 200_000;
  private static final byte[] ANSWER =
      "HTTP/1.1 200 OK\r\nContent-Length: 2\r\n\r\nok".getBytes(StandardCharsets.US_ASCII);
  private static final long MOST_ERROR_MICROS = 100;
  private static final long MOST_LATENESS_MICROS = 1_000;

  /** Most that the machine's own doing excuses. */
  private static final long MOST_NOISE_MICROS = 100_000;

  private static final EngineOptions OPTIONS =
      TestedOptions.ofEnvironment().withEventLoops(1).withTraceHeaders(true);

  private record Run(Merged merged, long noiseMicros) {}

  private static Run run(Workload workload) throws Exception {
    try (Engine engine = Engine.create(workload, Share.whole(), OPTIONS);
        Canary canary = new Canary()) {
      engine.start(System.nanoTime());
      engine.completion().get(60, TimeUnit.SECONDS);
      Merged merged = new Merged();
      merged.add(engine.cut(0));
      long kept = Math.max(canary.worstNanos(), engine.lag().maxNanos());
      return new Run(merged, Math.min(MOST_NOISE_MICROS, kept / 1000));
    }
  }

  /** Keeps each response time, in order. */
  private static final class Keeping implements Check {
    private final List<Long> nanos = new ArrayList<>();

    @Override
    public Needs needs() {
      return Needs.STATUS;
    }

    @Override
    public @Nullable Refusal check(Response response) {
      nanos.add(response.responseTimeNanos());
      return null;
    }
  }

  /**
   * What each of one user's response times is more than the target's own. Without a pause, since a
   * user's next request is meant to be sent when it has its answer; one user alone is half of what
   * there could be: either it waits or the target does.
   */
  private static List<Long> errors(Run[] of) throws Exception {
    List<Long> own = new CopyOnWriteArrayList<>();
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              long arrived = System.nanoTime();
              while (System.nanoTime() - arrived < ANSWER_NANOS) {
                Thread.onSpinWait();
              }
              own.add(System.nanoTime() - arrived);
              c.out.write(ANSWER);
            })) {
      Keeping kept = new Keeping();
      Workloads workloads = Workloads.to(server.port()).requests(2_000);
      of[0] = run(workloads.task(1, workloads.get("/", "/", List.of(kept), List.of())).build());
      assertThat(kept.nanos).hasSameSizeAs(own);
      return IntStream.range(0, own.size())
          .mapToObj(i -> kept.nanos.get(i) - own.get(i))
          .sorted()
          .toList();
    }
  }

  @Test
  void responseTimesAreTheTargetsOwnAndLittleMore() throws Exception {
    // Compiles.
    assertThat(errors(new Run[1])).hasSize(2_000);
    Again.ifSpoiled(TruthIT::littleMore);
  }

  private static void littleMore() throws Exception {
    Run[] run = new Run[1];
    List<Long> errors = errors(run);
    assertThat(run[0].merged.failures()).isEmpty();
    assertThat(errors.getFirst()).as("never before the target has written it").isPositive();
    long p50 = errors.get(errors.size() / 2) / 1000;
    long p99 = errors.get(errors.size() * 99 / 100) / 1000;
    assertThat(p99)
        .as("p50 %d µs, p99 %d µs, noise %d µs", p50, p99, run[0].noiseMicros)
        .isLessThan(MOST_ERROR_MICROS + run[0].noiseMicros);
  }

  private static Workload open(int port, double perSecond, int seconds) {
    return Workloads.to(port)
        .load(
            new Load.Open(
                Load.Terms.of("open", OptionalLong.empty(), SECOND),
                RateSchedule.of(
                    new Arrivals.Regular(),
                    RateProfile.constant(perSecond, Per.SECOND),
                    Bounds.duration(seconds * SECOND),
                    7),
                64,
                Load.Overflow.WAIT,
                64))
        .get("/")
        .build();
  }

  @Test
  void atHalfOfTheTopRateRequestsAreOnTime() throws Exception {
    Again.ifSpoiled(TruthIT::onTime);
  }

  private static void onTime() throws Exception {
    try (FreezingTarget target = new FreezingTarget(0)) {
      Run top =
          run(
              Workloads.to(target.port())
                  .users(16)
                  .lasting(Duration.ofSeconds(2))
                  .get("/")
                  .build());
      double half = top.merged.requests() / 2.0 / 2;
      Run run = run(open(target.port(), half, 3));
      assertThat(run.merged.failures()).isEmpty();
      Times lateness = run.merged.lateness();
      assertThat(lateness.count()).isGreaterThan((long) half);
      assertThat(lateness.percentileMicros(99))
          .as(
              "at %.0f/s: p50 %d µs, p99 %d µs, noise %d µs",
              half, lateness.percentileMicros(50), lateness.percentileMicros(99), run.noiseMicros)
          .isLessThan(MOST_LATENESS_MICROS + run.noiseMicros);
    }
  }
}
