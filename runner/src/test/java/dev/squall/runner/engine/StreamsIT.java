package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.engine.RequestTemplate.Streaming;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import dev.squall.runner.recording.SeriesSnapshot;
import dev.squall.runner.recording.StreamTimes;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Streamed answers of a server that keeps a log of when it wrote what. */
@Timeout(180)
class StreamsIT {
  private static final String HEAD =
      "HTTP/1.1 200 OK\r\nContent-Type: text/event-stream\r\nTransfer-Encoding: chunked\r\n\r\n";
  private static final String END = "0\r\n\r\n";
  private static final Streaming EVENTS = new Streaming(StreamUnit.EVENT, Streaming.ANY_TIME);
  private static final Streaming CHUNKS = new Streaming(StreamUnit.CHUNK, Streaming.ANY_TIME);
  private static final long MILLI = 1_000_000;

  /** The body holds the last event whole. */
  private static final Check DONE =
      Workloads.body(text -> text.contains("data: [DONE]"), "no [DONE]");

  private static String chunk(String text) {
    return Integer.toHexString(text.length()) + "\r\n" + text + "\r\n";
  }

  private static void pause(long millis) {
    long until = System.nanoTime() + millis * MILLI;
    for (long left = millis * MILLI; left > 0; left = until - System.nanoTime()) {
      LockSupport.parkNanos(left);
    }
  }

  private static StreamTimes only(Merged merged) {
    assertThat(merged.series()).hasSize(1);
    return merged.series().getFirst().stream();
  }

  private static Merged run(Workloads workloads) throws Exception {
    return EngineIT.run(
        workloads.build(), Share.whole(), TestedOptions.ofEnvironment().withEventLoops(2));
  }

  @ParameterizedTest
  @EnumSource(StreamUnit.class)
  void unitsAreTimedAsTheServerWroteThem(StreamUnit unit) throws Exception {
    Again.slower(Duration.ofMillis(20), gap -> timed(unit, gap.toMillis()));
  }

  private static void timed(StreamUnit unit, long gap) throws Exception {
    AtomicLong written = new AtomicLong();
    ScriptedServer.Script tokens =
        (request, c) -> {
          c.write(HEAD);
          pause(3 * gap);
          long first = System.nanoTime();
          for (int i = 0; i < 10; i++) {
            if (i > 0) {
              pause(gap);
            }
            // A unit in two writes: the second half follows at once.
            String event = chunk("data: token " + i + "\n\n");
            c.write(event.substring(0, 8));
            c.write(event.substring(8));
          }
          written.addAndGet(System.nanoTime() - first);
          c.write(chunk("data: [DONE]\n\n") + END);
        };
    try (ScriptedServer server = new ScriptedServer(tokens)) {
      Merged merged =
          run(
              Workloads.to(server.port())
                  .users(2)
                  .requests(10)
                  .streamed(unit == StreamUnit.EVENT ? EVENTS : CHUNKS, DONE));
      assertThat(merged.failures()).isEmpty();
      SeriesSnapshot series = merged.series().getFirst();
      StreamTimes times = only(merged);
      assertThat(times.answers()).isEqualTo(10);
      assertThat(times.units()).isEqualTo(110);
      assertThat(times.first().minNanos()).isGreaterThanOrEqualTo(3 * gap * MILLI);
      assertThat(times.first().percentileMicros(50)).isLessThan(5_500 * gap);
      // Most gaps are the server's; one in ten is the end's, which follows at once.
      assertThat(times.between().percentileMicros(50)).isBetween(900 * gap, 2_000 * gap);
      assertThat(times.between().percentileMicros(5)).isLessThan(750 * gap);
      // What the gaps add up to is what the server took from its first unit to its last.
      assertThat((double) times.between().sumNanos())
          .isBetween(written.get() * 0.9, written.get() * 1.3);
      // The last unit is no later than the last byte.
      assertThat(times.first().sumNanos() + times.between().sumNanos())
          .isLessThanOrEqualTo(series.serviceTime().sumNanos());
      assertThat(series.serviceTime().count()).isEqualTo(10);
    }
  }

  @Test
  void anAnswerThatNeverEndsTimesOutAndItsUnitsAreCounted() throws Exception {
    Again.slower(Duration.ofMillis(20), gap -> neverEnds(gap.toMillis()));
  }

  private static void neverEnds(long gap) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              c.write(HEAD);
              while (true) {
                c.write(chunk("data: more\n\n"));
                pause(gap);
              }
            })) {
      Merged merged =
          run(
              Workloads.to(server.port())
                  .timeout(Duration.ofMillis(20 * gap))
                  .requests(2)
                  .streamed(EVENTS));
      assertThat(merged.requests()).isEqualTo(2);
      assertThat(merged.failures())
          .singleElement()
          .satisfies(f -> assertThat(f.kind()).isEqualTo(FailureKind.TIMEOUT));
      assertThat(only(merged).answers()).isEqualTo(2);
      assertThat(only(merged).units()).isBetween(6L, 42L);
    }
  }

  @Test
  void aStreamThatFallsSilentFailsLongBeforeTheRequestsTimeout() throws Exception {
    Again.slower(Duration.ofMillis(50), gap -> fallsSilent(gap.toMillis()));
  }

  private static void fallsSilent(long gap) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              c.write(HEAD);
              // Before the first unit only the request's timeout counts.
              pause(6 * gap);
              for (int i = 0; i < 5; i++) {
                c.write(chunk("data: more\n\n"));
                pause(gap);
              }
              // Silence; comments and bytes of an unfinished event are no units.
              for (int i = 0; i < 200; i++) {
                c.write(chunk(": still here\n\n"));
                pause(gap);
              }
            })) {
      Merged merged =
          run(
              Workloads.to(server.port())
                  .timeout(Duration.ofSeconds(50))
                  .requests(1)
                  .streamed(new Streaming(StreamUnit.EVENT, 5 * gap * MILLI)));
      assertThat(merged.failures())
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.kind()).isEqualTo(FailureKind.TIMEOUT);
                assertThat(f.reason()).contains("betweenTimeout");
              });
      assertThat(only(merged).units()).isEqualTo(5);
      assertThat(merged.total("").responseTime().maxNanos())
          .isBetween(14 * gap * MILLI, 100 * gap * MILLI);
    }
  }

  @Test
  void aResetInMidStreamIsAFailureWhoseUnitsAreCounted() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              c.write(HEAD + chunk("data: a\n\ndata: b\n\ndata: unfinished"));
              pause(50);
              c.reset();
            })) {
      Merged merged = run(Workloads.to(server.port()).requests(3).streamed(EVENTS));
      assertThat(merged.failures().stream().map(FailureCount::kind))
          .containsOnly(FailureKind.RESET);
      assertThat(only(merged).units()).isEqualTo(6);
      assertThat(only(merged).answers()).isEqualTo(3);
    }
  }

  @Test
  void anErrorIsNoStreamAndACompressedOneCannotBeTimed() throws Exception {
    AtomicLong served = new AtomicLong();
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              boolean coded = served.incrementAndGet() % 2 == 1;
              String body = "data: a\n\n";
              c.write(
                  (coded ? "HTTP/1.1 200 OK\r\nContent-Encoding: gzip" : "HTTP/1.1 503 Busy")
                      + "\r\nContent-Length: %d\r\n\r\n%s".formatted(body.length(), body));
            })) {
      Merged merged =
          run(Workloads.to(server.port()).requests(4).streamed(EVENTS, Workloads.BELOW_400));
      assertThat(merged.failures().stream().map(FailureCount::kind))
          .containsExactlyInAnyOrder(FailureKind.STATUS, FailureKind.DECODE);
      assertThat(only(merged).units()).isZero();
    }
  }

  @Test
  void loadsThatShareConnectionsAreRecordedEachUnderItsOwn() throws Exception {
    try (ScriptedServer server =
        new ScriptedServer((request, c) -> c.write(HEAD + chunk("data: a\n\n") + END))) {
      Workloads workloads =
          PoolIT.to(server.port(), ConnectionSettings.shared(2))
              .load(part("warm-up", 0, true))
              .load(part("counted", 300 * MILLI, false))
              .streamed(EVENTS);
      Merged merged =
          EngineIT.run(
              workloads.build(), Share.whole(), TestedOptions.ofEnvironment().withEventLoops(1));
      assertThat(merged.warmUpTotal("").stream().answers()).isEqualTo(20);
      assertThat(only(merged).answers()).isEqualTo(20);
    }
  }

  private static Load part(String name, long startNanos, boolean warmUp) {
    return new Load.Closed(
        new Load.Terms(
            name, startNanos, OptionalLong.empty(), 1_000 * MILLI, List.of(), warmUp, false),
        new Population.Spawned(2, 1e9),
        OptionalLong.of(20),
        OptionalLong.empty());
  }

  @Test
  void aHugeEventIsCountedAndNotHeld() throws Exception {
    String piece = "x".repeat(1 << 16);
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              c.write(HEAD + chunk("data: "));
              for (int i = 0; i < 512; i++) {
                c.write(chunk(piece));
              }
              c.write(chunk("\n\n") + END);
            })) {
      // More than a body that is kept may have, and no check needs it.
      Merged merged = run(Workloads.to(server.port()).requests(2).streamed(EVENTS));
      assertThat(merged.failures()).isEmpty();
      assertThat(only(merged).units()).isEqualTo(2);
      assertThat(merged.total("").contentBytes()).isEqualTo(2 * (512L * (1 << 16) + 8));
    }
  }

  @Test
  void bodiesToTheEndOfTheConnectionStreamToo() throws Exception {
    Again.slower(Duration.ofMillis(30), gap -> toTheEnd(gap.toMillis()));
  }

  private static void toTheEnd(long gap) throws Exception {
    try (ScriptedServer server =
        new ScriptedServer(
            (request, c) -> {
              c.write("HTTP/1.1 200 OK\r\nConnection: close\r\n\r\ndata: a\r\r");
              pause(gap);
              c.write("data: b\r\n\n");
              c.close();
            })) {
      Merged merged = run(Workloads.to(server.port()).requests(3).streamed(EVENTS));
      assertThat(merged.failures()).isEmpty();
      assertThat(only(merged).units()).isEqualTo(6);
      assertThat(only(merged).between().minNanos()).isGreaterThan(gap * MILLI / 3);
    }
  }
}
