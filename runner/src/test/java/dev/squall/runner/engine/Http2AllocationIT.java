package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.engine.payload.Integers;
import dev.squall.runner.engine.payload.ObjectOf;
import java.io.ByteArrayOutputStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a request over HTTP/2 costs in memory on the event loop, by the JVM's own counter. */
@Timeout(120)
class Http2AllocationIT {
  private static final int WARM = 20_000;
  private static final int COUNTED = 5_000;
  private static final int WINDOWS = 10;

  /** What docs/performance.md states. */
  private static final double MOST = 1_000;

  private static final ThreadMXBean THREADS = (ThreadMXBean) ManagementFactory.getThreadMXBean();

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
    ObjectOf patient =
        new ObjectOf(
            List.of(
                new ObjectOf.Field("age", new Integers(29, 77)),
                new ObjectOf.Field("cp", new Integers(0, 3))));
    try (FramesServer target = new FramesServer(Http2AllocationIT::answer)) {
      ConnectionSettings connections =
          shared ? ConnectionSettings.shared(2) : ConnectionSettings.perUser();
      Workloads w =
          Workloads.to(Http2IT.at(target.port()).withConnections(connections))
              .users(8)
              .lasting(Duration.ofSeconds(100))
              .timeout(Duration.ofSeconds(50));
      w.task(
          1,
          w.step(
              "predict",
              "POST",
              Template.of("/predict"),
              new RequestTemplate.Json(patient, Draw.ROOT),
              List.of(Workloads.BELOW_400),
              List.of()));
      EngineOptions options = EngineOptions.defaults().withEventLoops(1).withTraceHeaders(true);
      try (Engine engine = Engine.create(w.build(), Share.whole(), options)) {
        engine.start(System.nanoTime());
        LifeIT.await(() -> target.requests() > WARM);
        double bytes = Double.MAX_VALUE;
        // Code that is compiled in between would be counted.
        for (int window = 0; window < WINDOWS; window++) {
          bytes = Math.min(bytes, perRequest(target));
        }
        engine.abort();
        engine.completion().get(10, TimeUnit.SECONDS);
        assertThat(engine.cut(1).failures()).isEmpty();
        assertThat(bytes).as("bytes a request").isBetween(1.0, MOST);
      }
    }
  }

  private static double perRequest(FramesServer target) {
    Thread loop =
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> thread.getName().equals("squall-load-0"))
            .findFirst()
            .orElseThrow();
    int served = target.requests();
    long before = THREADS.getThreadAllocatedBytes(loop.threadId());
    LifeIT.await(() -> target.requests() > served + COUNTED);
    long allocated = THREADS.getThreadAllocatedBytes(loop.threadId()) - before;
    return (double) allocated / (target.requests() - served);
  }
}
