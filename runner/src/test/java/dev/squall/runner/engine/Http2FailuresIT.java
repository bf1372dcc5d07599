package dev.squall.runner.engine;

import static dev.squall.runner.engine.FramesServer.CONTINUATION;
import static dev.squall.runner.engine.FramesServer.DATA;
import static dev.squall.runner.engine.FramesServer.END_HEADERS;
import static dev.squall.runner.engine.FramesServer.END_STREAM;
import static dev.squall.runner.engine.FramesServer.GOAWAY;
import static dev.squall.runner.engine.FramesServer.HEADERS;
import static dev.squall.runner.engine.FramesServer.OK;
import static dev.squall.runner.engine.FramesServer.PING;
import static dev.squall.runner.engine.FramesServer.PUSH_PROMISE;
import static dev.squall.runner.engine.FramesServer.RST_STREAM;
import static dev.squall.runner.engine.FramesServer.SETTINGS;
import static dev.squall.runner.engine.FramesServer.WINDOW_UPDATE;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.Again;
import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.LoadCounts;
import dev.squall.runner.recording.Merged;
import io.netty.handler.codec.http2.Http2Settings;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Each hostile HTTP/2 target is a failure of the right kind, with the target's own count. */
@Timeout(180)
class Http2FailuresIT {
  private static final int REQUESTS = 20;
  private static final String FRAMES = "broken HTTP/2 frames: ";

  private static Arguments row(
      String name, FailureKind kind, String reason, FramesServer.Script script) {
    return Arguments.of(name, kind, reason, script);
  }

  /** A literal header field without indexing. */
  static byte[] header(String name, String value) {
    byte[] field = new byte[3 + name.length() + value.length()];
    field[1] = (byte) name.length();
    System.arraycopy(name.getBytes(StandardCharsets.US_ASCII), 0, field, 2, name.length());
    field[2 + name.length()] = (byte) value.length();
    byte[] text = value.getBytes(StandardCharsets.US_ASCII);
    System.arraycopy(text, 0, field, 3 + name.length(), value.length());
    return field;
  }

  private static byte[] ok(byte[] field) {
    byte[] block = Arrays.copyOf(OK, 1 + field.length);
    System.arraycopy(field, 0, block, 1, field.length);
    return block;
  }

  static Stream<Arguments> targets() {
    return Stream.of(
        row("reset", FailureKind.RESET, "connection reset", (stream, c) -> c.reset()),
        row(
            "close",
            FailureKind.RESET,
            "connection closed before an answer",
            (stream, c) -> c.socket.close()),
        row(
            "half an answer",
            FailureKind.RESET,
            "connection closed in mid-answer",
            (stream, c) -> {
              c.frame(HEADERS, END_HEADERS, stream, OK);
              c.frame(DATA, 0, stream, (byte) 1);
              c.socket.close();
            }),
        row(
            "half a frame",
            FailureKind.RESET,
            "connection closed before an answer",
            (stream, c) -> {
              c.bytes(new byte[] {0, 0, 9, HEADERS, END_HEADERS, 0, 0});
              c.socket.close();
            }),
        row(
            "a stream that is reset",
            FailureKind.RESET,
            "stream reset: INTERNAL_ERROR",
            (stream, c) -> c.frame(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 2)),
        row(
            "a stream that is reset in mid-answer",
            FailureKind.RESET,
            "stream reset: CANCEL",
            (stream, c) -> {
              c.frame(HEADERS, END_HEADERS, stream, OK);
              c.frame(DATA, 0, stream, (byte) 1);
              c.frame(RST_STREAM, 0, stream, (byte) 0, (byte) 0, (byte) 0, (byte) 8);
            }),
        row(
            "go away with an error",
            FailureKind.RESET,
            "connection given up by the target: ENHANCE_YOUR_CALM",
            (stream, c) -> {
              c.frame(GOAWAY, 0, 0, new byte[] {0, 0, 0, (byte) stream, 0, 0, 0, 11});
              c.socket.close();
            }),
        row(
            "garbage",
            FailureKind.DECODE,
            FRAMES + "FRAME_SIZE_ERROR",
            (stream, c) -> c.bytes("garbage without any sense".getBytes(StandardCharsets.UTF_8))),
        row(
            "a header block that is none",
            FailureKind.DECODE,
            FRAMES + "COMPRESSION_ERROR",
            (stream, c) ->
                c.frame(HEADERS, END_HEADERS, stream, (byte) 0x80, (byte) 0xFF, (byte) 0xFF)),
        row(
            "no status",
            FailureKind.DECODE,
            "no status of three digits in the answer's head",
            (stream, c) -> c.frame(HEADERS, END_HEADERS, stream, header("a", "b"))),
        row(
            "a status of four digits",
            FailureKind.DECODE,
            "no status of three digits in the answer's head",
            (stream, c) -> c.frame(HEADERS, END_HEADERS, stream, header(":status", "2000"))),
        row(
            "a name in capitals",
            FailureKind.DECODE,
            "header name that HTTP/2 does not allow",
            (stream, c) -> c.frame(HEADERS, END_HEADERS, stream, ok(header("Name", "b")))),
        row(
            "a header of a connection",
            FailureKind.DECODE,
            FRAMES + "PROTOCOL_ERROR",
            (stream, c) ->
                c.frame(HEADERS, END_HEADERS, stream, ok(header("connection", "close")))),
        row(
            "another length",
            FailureKind.DECODE,
            "a body of another length than Content-Length",
            (stream, c) -> {
              c.frame(HEADERS, END_HEADERS, stream, ok(header("content-length", "5")));
              c.frame(DATA, END_STREAM, stream, (byte) 1);
            }),
        row(
            "a body before the head",
            FailureKind.DECODE,
            "DATA before the answer's head",
            (stream, c) -> c.frame(DATA, END_STREAM, stream, (byte) 1)),
        row(
            "two heads",
            FailureKind.DECODE,
            "another head in mid-answer",
            (stream, c) -> {
              c.frame(HEADERS, END_HEADERS, stream, OK);
              c.frame(HEADERS, END_HEADERS, stream, OK);
            }),
        row(
            "an endless header block",
            FailureKind.DECODE,
            "head over 65536 bytes",
            (stream, c) -> {
              c.frame(HEADERS, 0, stream, OK);
              while (!c.socket.isClosed()) {
                c.frame(CONTINUATION, 0, stream, new byte[8_192]);
              }
            }),
        row(
            "endless empty continuations",
            FailureKind.DECODE,
            FRAMES + "ENHANCE_YOUR_CALM",
            (stream, c) -> {
              c.frame(HEADERS, 0, stream, OK);
              while (!c.socket.isClosed()) {
                c.frame(CONTINUATION, 0, stream);
              }
            }),
        row(
            "too many headers",
            FailureKind.DECODE,
            "head over 65536 bytes",
            (stream, c) -> {
              // One entry of the table, then so often that its size is too much.
              byte[] block = new byte[2_000];
              Arrays.fill(block, (byte) 0xBE);
              byte[] entry = ok(header("x", "y".repeat(100)));
              entry[1] = 0x40;
              System.arraycopy(entry, 0, block, 0, entry.length);
              c.frame(HEADERS, END_HEADERS, stream, block);
            }),
        row(
            "another frame within a header block",
            FailureKind.DECODE,
            FRAMES + "PROTOCOL_ERROR",
            (stream, c) -> {
              c.frame(HEADERS, 0, stream, OK);
              c.frame(PING, 0, 0, new byte[8]);
            }),
        row(
            "a frame that is too large",
            FailureKind.DECODE,
            FRAMES + "FRAME_SIZE_ERROR",
            (stream, c) -> c.frame(DATA, 0, stream, new byte[20_000])),
        row(
            "a promise that was not wanted",
            FailureKind.DECODE,
            FRAMES + "PROTOCOL_ERROR",
            (stream, c) -> c.frame(PUSH_PROMISE, END_HEADERS, stream, new byte[] {0, 0, 0, 2})),
        row(
            "a stream that nobody began",
            FailureKind.DECODE,
            FRAMES + "PROTOCOL_ERROR",
            (stream, c) -> c.frame(HEADERS, END_HEADERS, stream + 100, OK)),
        row(
            "a window that is too large",
            FailureKind.DECODE,
            FRAMES + "FLOW_CONTROL_ERROR",
            (stream, c) -> c.frame(WINDOW_UPDATE, 0, 0, new byte[] {0x7F, -1, -1, -1})),
        row(
            "a stream's window that is too large",
            FailureKind.DECODE,
            FRAMES + "FLOW_CONTROL_ERROR",
            (stream, c) -> c.frame(WINDOW_UPDATE, 0, stream, new byte[] {0x7F, -1, -1, -1})),
        row(
            "pings and no answer",
            FailureKind.TIMEOUT,
            "no whole answer in time",
            (stream, c) -> {
              for (int i = 0; i < 500; i++) {
                c.frame(PING, 0, 0, new byte[8]);
              }
            }),
        row(
            "silence",
            FailureKind.TIMEOUT,
            "no whole answer in time",
            (stream, c) -> c.frame(SETTINGS, 1, 0)),
        row(
            "an answer without end",
            FailureKind.TIMEOUT,
            "no whole answer in time",
            (stream, c) -> {
              c.frame(HEADERS, END_HEADERS, stream, OK);
              c.frame(DATA, 0, stream, (byte) 1);
              c.frame(DATA, 0, stream);
            }));
  }

  private static Workloads to(int port) {
    return to(port, Duration.ofSeconds(40));
  }

  private static Workloads to(int port, Duration timeout) {
    return Workloads.to(Http2IT.at(port)).timeout(timeout).get("/");
  }

  @ParameterizedTest(name = "{0}: {1}")
  @MethodSource("targets")
  void aHostileTargetIsAFailureOfTheRightKind(
      String name, FailureKind kind, String reason, FramesServer.Script script) throws Exception {
    if (kind == FailureKind.TIMEOUT) {
      Again.slower(Duration.ofMillis(300), timeout -> fails(kind, reason, script, timeout));
    } else {
      fails(kind, reason, script, Duration.ofSeconds(40));
    }
  }

  private static void fails(
      FailureKind kind, String reason, FramesServer.Script script, Duration timeout)
      throws Exception {
    long held = FailuresIT.buffers();
    try (FramesServer server = new FramesServer(script)) {
      Merged merged = EngineIT.run(to(server.port(), timeout).users(4).requests(REQUESTS).build());
      assertThat(merged.failures()).hasSize(1);
      FailureCount failure = merged.failures().getFirst();
      assertThat(failure.reason()).isEqualTo(reason);
      assertThat(failure.kind()).isEqualTo(kind);
      assertThat(failure.count()).isEqualTo(REQUESTS);
      assertThat(merged.loads())
          .containsExactly(new LoadCounts("load", false, REQUESTS, REQUESTS, REQUESTS, 0, 0));
    }
    assertThat(FailuresIT.buffers()).as("buffers that nobody gave back").isLessThanOrEqualTo(held);
  }

  static Stream<Arguments> greetings() {
    byte[] refused = "HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII);
    return Stream.of(
        Arguments.of(
            "an HTTP/1.1 answer",
            "the target does not answer in HTTP/2",
            (FramesServer.Greeting) c -> c.bytes(refused)),
        Arguments.of(
            "another frame than settings",
            "the target does not answer in HTTP/2",
            (FramesServer.Greeting) c -> c.frame(PING, 0, 0, new byte[8])),
        Arguments.of(
            "close",
            "connection closed before the target's HTTP/2 settings",
            (FramesServer.Greeting) c -> c.socket.close()),
        Arguments.of(
            "reset",
            "connection closed before the target's HTTP/2 settings",
            (FramesServer.Greeting) FramesServer.Connection::reset),
        Arguments.of(
            "silence",
            "no HTTP/2 settings from the target in time",
            (FramesServer.Greeting) c -> {}));
  }

  @ParameterizedTest(name = "{0}")
  @MethodSource("greetings")
  void aTargetWithoutHttp2IsNoConnectionAndSaysWhatToSet(
      String name, String reason, FramesServer.Greeting greeting) throws Exception {
    long held = FailuresIT.buffers();
    try (FramesServer server = new FramesServer(greeting, (stream, c) -> {})) {
      Merged merged =
          EngineIT.run(
              to(server.port()).users(2).requests(6).build(),
              Share.whole(),
              TestedOptions.ofEnvironment()
                  .withEventLoops(2)
                  .withConnectTimeout(Duration.ofMillis(name.equals("silence") ? 200 : 20_000)));
      FailureCount failure = merged.failures().getFirst();
      assertThat(merged.failures()).hasSize(1);
      assertThat(failure.kind()).isEqualTo(FailureKind.CONNECT);
      assertThat(failure.reason())
          .startsWith(reason)
          .endsWith("; if it speaks none, set spec.target.protocol to HTTP1");
      assertThat(failure.count()).isEqualTo(6);
      assertThat(server.requests()).isZero();
    }
    assertThat(FailuresIT.buffers()).as("buffers that nobody gave back").isLessThanOrEqualTo(held);
  }

  @ParameterizedTest
  @EnumSource(
      value = TlsProvider.class,
      names = {"BORINGSSL", "JDK"})
  void aTargetThatDoesNotAgreeToItIsAFailureOfTls(TlsProvider provider) throws Exception {
    for (String[] offered : new String[][] {{"http/1.1"}, {}}) {
      try (ScriptedServer server =
          TlsTargets.server(
              (request, c) -> c.ok("{}"),
              socket -> {
                var parameters = socket.getSSLParameters();
                parameters.setApplicationProtocols(offered);
                socket.setSSLParameters(parameters);
              })) {
        Merged merged =
            EngineIT.run(
                Workloads.to(
                        new Endpoint(true, "localhost", server.port(), "")
                            .withTlsSettings(TlsTargets.trusting())
                            .withProtocol(HttpProtocol.HTTP2))
                    .requests(3)
                    .timeout(Duration.ofSeconds(20))
                    .get("/")
                    .build(),
                Share.whole(),
                TlsTargets.by(provider));
        TlsTargets.assertOnly(
            merged,
            "the target does not agree to HTTP/2 (ALPN); if it speaks none, set spec.target.protocol to HTTP1");
        assertThat(server.requests()).isZero();
      }
    }
  }

  @Test
  void aConnectionFromWhichNothingComesAnyMoreIsReplaced() throws Exception {
    Again.slower(Duration.ofMillis(200), Http2FailuresIT::silentForGood);
  }

  private static void silentForGood(Duration timeout) throws Exception {
    AtomicInteger served = new AtomicInteger();
    try (FramesServer server =
        new FramesServer(
            (stream, c) -> {
              // The first connection falls silent for good: not even a ping is answered.
              if (served.getAndIncrement() == 0) {
                c.frame(HEADERS, END_HEADERS, stream, OK);
              } else if (stream == 1) {
                c.ok(stream, "");
              }
            })) {
      Merged merged = EngineIT.run(to(server.port(), timeout).requests(3).build());
      assertThat(server.pings()).isEqualTo(1);
      assertThat(merged.failedRequests()).isEqualTo(2);
      assertThat(server.connections()).isEqualTo(2);
    }
  }

  @Test
  void aTargetThatAllowsNoStreamIsATimeout() throws Exception {
    Again.slower(Duration.ofMillis(200), Http2FailuresIT::noStream);
  }

  private static void noStream(Duration timeout) throws Exception {
    try (Http2Target target =
        new Http2Target(
            (request, s) -> s.ok("{}"), null, new Http2Settings().maxConcurrentStreams(0))) {
      Merged merged = EngineIT.run(to(target.port(), timeout).requests(3).build());
      assertThat(merged.failures())
          .singleElement()
          .satisfies(
              f -> {
                assertThat(f.kind()).isEqualTo(FailureKind.TIMEOUT);
                assertThat(f.reason()).contains("allows no HTTP/2 stream");
                assertThat(f.count()).isEqualTo(3);
              });
      assertThat(target.requests()).isZero();
    }
  }
}
