package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.squall.runner.recording.Merged;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import javax.net.ServerSocketFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** Against a server that closes each connection, as synchronous gunicorn does. */
@Timeout(180)
class ClosingServerIT {
  private static final String TIME_WAIT = "06";

  /** Sockets in TIME_WAIT whose remote port is the server's: the client's own. */
  private static long clientTimeWait(int serverPort) throws IOException {
    String remote = String.format(Locale.ROOT, ":%04X", serverPort);
    try (Stream<String> tcp = Files.lines(Path.of("/proc/net/tcp"));
        Stream<String> tcp6 = Files.lines(Path.of("/proc/net/tcp6"))) {
      return Stream.concat(tcp, tcp6)
          .map(line -> line.strip().split("\\s+"))
          .filter(words -> words.length > 3 && words[2].endsWith(remote))
          .filter(words -> words[3].equals(TIME_WAIT))
          .count();
    }
  }

  @Test
  void thousandsOfConnectionsLeaveTimeWaitToTheServer() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "NOT RUN: needs Linux's /proc/net/tcp");
    try (ScriptedServer server =
            new ScriptedServer(
                (request, c) -> c.okAndClose("ok"), ServerSocketFactory.getDefault(), false);
        Engine engine =
            Engine.create(
                Workloads.to(server.port())
                    .users(200)
                    .spawnRate(1000)
                    .requests(4_000)
                    .get("/")
                    .build(),
                Share.whole(),
                TestedOptions.ofEnvironment().withEventLoops(1))) {
      engine.start(System.nanoTime());
      engine.completion().get(50, TimeUnit.SECONDS);
      Merged merged = new Merged();
      merged.add(engine.cut(0));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(4_000);
      assertThat(server.requests()).isEqualTo(4_000);
      assertThat(clientTimeWait(server.port())).isLessThan(merged.requests() / 100);
      System.out.printf(
          "%d connections, %d in TIME_WAIT%n", merged.requests(), clientTimeWait(server.port()));
    }
  }

  @Test
  void keepAliveConnectionsLeaveNoTimeWaitEither() throws Exception {
    assumeTrue(Files.exists(Path.of("/proc/net/tcp")), "NOT RUN: needs Linux's /proc/net/tcp");
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("ok"))) {
      Merged merged =
          EngineIT.run(Workloads.to(server.port()).users(100).requests(300).get("/").build());
      assertThat(merged.failures()).isEmpty();
      assertThat(server.connections()).isEqualTo(100);
      assertThat(clientTimeWait(server.port())).isZero();
    }
  }
}
