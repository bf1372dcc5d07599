package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import io.netty.buffer.PoolArenaMetric;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hostile target is a failure of the right kind, with the target's own count. */
@Timeout(180)
class FailuresIT {
  private static final int REQUESTS = 20;

  private static Arguments row(
      String name, FailureKind kind, String reason, ScriptedServer.Script script) {
    return Arguments.of(name, kind, reason, script);
  }

  private static ScriptedServer.Script says(String answer) {
    return (request, c) -> {
      c.write(answer);
      c.close();
    };
  }

  private static ScriptedServer.Script endless(String begin, String more) {
    return (request, c) -> {
      c.write(begin);
      while (!c.socket.isClosed()) {
        c.write(more.repeat(1000));
      }
    };
  }

  static Stream<Arguments> targets() {
    String ok = "HTTP/1.1 200 OK\r\n";
    return Stream.of(
        row("reset", FailureKind.RESET, "connection reset", (request, c) -> c.reset()),
        row("close", FailureKind.RESET, "connection closed before an answer", says("")),
        row(
            "half a head",
            FailureKind.RESET,
            "connection closed in mid-answer",
            says("HTTP/1.1 2")),
        row(
            "half a body",
            FailureKind.RESET,
            "connection closed in mid-answer",
            says(ok + "Content-Length: 9\r\n\r\nhalf")),
        row(
            "half of the chunks",
            FailureKind.RESET,
            "connection closed in mid-answer",
            says(ok + "Transfer-Encoding: chunked\r\n\r\n5\r\nhello\r\n")),
        row(
            "a reset in mid-body",
            FailureKind.RESET,
            "connection reset",
            (request, c) -> {
              c.write(ok + "Content-Length: 9\r\n\r\nhalf");
              c.reset();
            }),
        row("garbage", FailureKind.DECODE, "not an HTTP/1 status line", says("\1\2\3garbage\n")),
        row(
            "too short a length",
            FailureKind.DECODE,
            "bytes after the end of the answer",
            says(ok + "Content-Length: 2\r\n\r\nlonger")),
        row(
            "a broken length",
            FailureKind.DECODE,
            "Content-Length is not a number",
            says(ok + "Content-Length: two\r\n\r\n")),
        row(
            "an endless head",
            FailureKind.DECODE,
            "head over 65536 bytes",
            (request, c) -> {
              c.write(ok);
              for (int i = 0; i < 200; i++) {
                c.write("X-Filler: " + "x".repeat(1000) + "\r\n");
              }
            }),
        row(
            "an endless line",
            FailureKind.DECODE,
            "head over 65536 bytes",
            endless(ok + "X: ", "x")),
        row(
            "endless interim answers",
            FailureKind.DECODE,
            "head over 65536 bytes",
            endless("", "HTTP/1.1 100 Continue\r\n\r\n")),
        row(
            "an endless chunk extension",
            FailureKind.DECODE,
            "head over 65536 bytes",
            endless(ok + "Transfer-Encoding: chunked\r\n\r\n5;", "x")),
        row(
            "endless trailers",
            FailureKind.DECODE,
            "head over 65536 bytes",
            endless(ok + "Transfer-Encoding: chunked\r\n\r\n0\r\n", "A: b\r\n")),
        row(
            "a chunk longer than its size",
            FailureKind.DECODE,
            "chunk longer than its size",
            says(ok + "Transfer-Encoding: chunked\r\n\r\n2\r\nlonger\r\n")),
        row(
            "garbage without end",
            FailureKind.DECODE,
            "head over 65536 bytes",
            endless("", "\1\2\3")),
        row(
            "a length that never comes",
            FailureKind.TIMEOUT,
            "no whole answer in time",
            (request, c) -> c.write(ok + "Content-Length: 9\r\n\r\nhalf")),
        row(
            "a body to the end that never ends",
            FailureKind.TIMEOUT,
            "no whole answer in time",
            (request, c) -> c.write(ok + "\r\nhalf")),
        row(
            "a byte at a time without end",
            FailureKind.TIMEOUT,
            "no whole answer in time",
            (request, c) -> {
              for (int i = 0; !c.socket.isClosed(); i++) {
                c.write(i == 0 ? ok : i == 1 ? "Content-Length: 100000\r\n\r\n" : "x");
                pause(5);
              }
            }));
  }

  private static void pause(int millis) throws IOException {
    try {
      Thread.sleep(Duration.ofMillis(millis));
    } catch (InterruptedException e) {
      throw new IOException(e);
    }
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("targets")
  void aHostileTargetIsAFailureOfTheRightKind(
      String name, FailureKind kind, String reason, ScriptedServer.Script script) throws Exception {
    if (kind == FailureKind.TIMEOUT) {
      Again.slower(Duration.ofMillis(300), timeout -> fails(kind, reason, script, timeout));
    } else {
      fails(kind, reason, script, Duration.ofSeconds(40));
    }
  }

  private static void fails(
      FailureKind kind, String reason, ScriptedServer.Script script, Duration timeout)
      throws Exception {
    long held = buffers();
    try (ScriptedServer server = new ScriptedServer(script)) {
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port())
                  .users(4)
                  .requests(REQUESTS)
                  .timeout(timeout)
                  .get("/")
                  .build());
      assertThat(merged.failures()).hasSize(1);
      FailureCount failure = merged.failures().getFirst();
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.reason()).isEqualTo(reason);
      assertThat(failure.count()).isEqualTo(REQUESTS);
      // The target may come to read only when the connection is over.
      LifeIT.await(() -> server.requests() == REQUESTS);
    }
    assertThat(buffers()).as("buffers that nobody gave back").isLessThanOrEqualTo(held);
  }

  /** Buffers of the pool that are in use; event loops that have ended keep none. */
  static long buffers() {
    return PooledByteBufAllocator.DEFAULT.metric().directArenas().stream()
        .mapToLong(PoolArenaMetric::numActiveAllocations)
        .sum();
  }

  @Test
  void aServerThatClosesWithoutSayingSoIsSentWhatItCannotHaveSeenAgain() throws Exception {
    AtomicInteger late = new AtomicInteger();
    ScriptedServer.Script script =
        (request, c) -> {
          c.ok("hello");
          if (c.socket.getInputStream().available() > 0) {
            late.incrementAndGet();
          }
          c.close();
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Merged merged =
          EngineIT.run(Workloads.to(server.port()).users(8).requests(2000).get("/").build());
      assertThat(merged.requests()).isEqualTo(2000);
      // A request that reached the target's socket just before the close was accepted, then lost:
      // the more, the longer the machine keeps the target between its answer and its close. Few
      // come between its last look and its close.
      assertThat(merged.failedRequests()).isLessThan(late.get() + 100);
      assertThat(server.requests()).isEqualTo((int) (2000 - merged.failedRequests()));
    }
  }

  @Test
  void aKeepAliveServerThatDropsEveryTenthRequestIsCountedEveryTenthTime() throws Exception {
    ScriptedServer.Script script =
        (request, c) -> {
          if (c.served == 10) {
            c.close();
          } else {
            c.ok("hello");
          }
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Merged merged =
          EngineIT.run(Workloads.to(server.port()).users(8).requests(2000).get("/").build());
      assertThat(merged.requests()).isEqualTo(2000);
      assertThat(merged.failedRequests()).isEqualTo(200);
      assertThat(server.requests()).isEqualTo(2000);
    }
  }

  @Test
  void bodiesToTheEndOfTheConnectionAndChunkedOnesAreWhole() throws Exception {
    ScriptedServer.Script script =
        (request, c) -> {
          if (request.target().equals("/end")) {
            c.write("HTTP/1.1 200 OK\r\n\r\n" + "x".repeat(100_000));
            c.close();
          } else {
            c.write("HTTP/1.1 200 OK\r\nTransfer-Encoding: chunked\r\n\r\n");
            for (int i = 0; i < 10; i++) {
              c.write("2710\r\n" + "y".repeat(10_000) + "\r\n");
            }
            c.write("0\r\n\r\n");
          }
        };
    try (ScriptedServer server = new ScriptedServer(script)) {
      Merged merged =
          EngineIT.run(
              Workloads.to(server.port()).users(3).requests(90).get("/end").get("/chunks").build());
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.total("").contentBytes()).isEqualTo(9_000_000);
    }
  }

  @Test
  void aBodyThatACheckNeedsMustNotBeTooLarge() throws Exception {
    Check seesBody = Workloads.body(text -> text.equals("x".repeat(1000)), "another body");
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x".repeat(1000)))) {
      for (int limit : new int[] {1000, 999}) {
        Workloads workload = Workloads.to(server.port()).requests(5);
        workload.task(1, workload.get("a", "/", List.of(seesBody), List.of()));
        Merged merged =
            EngineIT.run(
                workload.build(),
                Share.whole(),
                TestedOptions.ofEnvironment().withEventLoops(1).withMaxBodyBytes(limit));
        assertThat(merged.failures().stream().map(FailureCount::reason))
            .containsExactlyElementsOf(
                limit == 1000 ? List.of() : List.of("body over 999 bytes, and a check needs it"));
      }
    }
  }

  @Test
  void anUnknownNameIsAResolveFailure() throws Exception {
    Merged merged =
        EngineIT.run(
            Workloads.to(new Endpoint(false, "no-such-host.invalid.", 80, ""))
                .requests(1)
                .get("/")
                .build());
    assertThat(merged.failures())
        .extracting(FailureCount::kind)
        .containsExactly(FailureKind.RESOLVE);
  }

  @Test
  void aConnectionThatIsNotEstablishedInTimeIsAConnectFailure() throws Exception {
    // A listener whose backlog is full drops further handshakes.
    try (java.net.ServerSocket full =
            new java.net.ServerSocket(0, 1, java.net.InetAddress.getLoopbackAddress());
        java.net.Socket first = new java.net.Socket(full.getInetAddress(), full.getLocalPort());
        java.net.Socket second = new java.net.Socket(full.getInetAddress(), full.getLocalPort())) {
      assertThat(List.of(first.isConnected(), second.isConnected())).containsOnly(true);
      Merged merged =
          EngineIT.run(
              Workloads.to(full.getLocalPort()).users(2).requests(2).get("/").build(),
              Share.whole(),
              TestedOptions.ofEnvironment().withConnectTimeout(Duration.ofMillis(300)));
      assertThat(merged.failures())
          .singleElement()
          .satisfies(f -> assertThat(f.kind()).isEqualTo(FailureKind.CONNECT))
          .satisfies(f -> assertThat(f.reason()).isEqualTo("connecting timed out"));
      assertThat(merged.total("").serviceTime().count()).isZero();
    }
  }
}
