package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request over HTTP/2 costs in memory on the event loop, by the JVM's own counter. */
@Timeout(300)
class Http2AllocationIT {
  private static final int WARM = 20_000;

  /** What docs/performance.md states. */
  private static final double MOST = 1_000;

  /** A head with a status and three headers in full, a body, and more to send for the client. */
  private static void answer(int stream, FramesServer.Connection c) throws java.io.IOException {
    ByteArrayOutputStream block = new ByteArrayOutputStream();
    block.writeBytes(FramesServer.OK);
    block.writeBytes(Http2FailuresIT.header("content-type", "application/json"));
    block.writeBytes(Http2FailuresIT.header("server", "test"));
    block.writeBytes(Http2FailuresIT.header("content-length", "2"));
    ByteArrayOutputStream all = new ByteArrayOutputStream();
    all.writeBytes(
        FramesServer.bytesOf(
            FramesServer.HEADERS, FramesServer.END_HEADERS, stream, block.toByteArray()));
    all.writeBytes(
        FramesServer.bytesOf(
            FramesServer.DATA,
            FramesServer.END_STREAM,
            stream,
            "{}".getBytes(StandardCharsets.UTF_8)));
    all.writeBytes(
        FramesServer.bytesOf(FramesServer.WINDOW_UPDATE, 0, 0, new byte[] {0, 0, 0, 20}));
    c.bytes(all.toByteArray());
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aRequestAllocatesNoMoreThanIsStated(boolean shared) throws Exception {
    try (FramesServer target = new FramesServer(Http2AllocationIT::answer)) {
      ConnectionSettings connections =
          shared ? ConnectionSettings.shared(2) : ConnectionSettings.perUser();
      Workloads w =
          Workloads.to(Http2IT.at(target.port()).withConnections(connections))
              .users(8)
              .lasting(Duration.ofSeconds(100))
              .timeout(Duration.ofSeconds(50));
      w.task(1, w.predict());
      EngineOptions options =
          TestedOptions.ofEnvironment().withEventLoops(1).withTraceHeaders(true);
      try (Engine engine = Engine.create(w.build(), Share.whole(), options)) {
        engine.start(System.nanoTime());
        LifeIT.await(() -> target.requests() > WARM);
        double bytes = LoopAllocation.bytesPerRequest(target::requests, MOST);
        engine.abort();
        engine.completion().get(10, TimeUnit.SECONDS);
        assertThat(engine.cut(1).failures()).isEmpty();
        assertThat(bytes).as("bytes a request").isBetween(1.0, MOST);
      }
    }
  }
}
