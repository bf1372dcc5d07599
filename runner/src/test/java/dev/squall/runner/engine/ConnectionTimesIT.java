package dev.squall.runner.engine;

import static dev.squall.runner.engine.TlsTargets.by;
import static dev.squall.runner.engine.TlsTargets.server;
import static dev.squall.runner.engine.TlsTargets.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.engine.tls.TlsSettings;
import dev.squall.runner.recording.AddressCount;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import dev.squall.runner.recording.Merged;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What opening connections took, beside the server's own counts. */
@Timeout(180)
class ConnectionTimesIT {
  private static ConnectionCounts run(String host, int port) throws Exception {
    return EngineIT.run(
            Workloads.to(new Endpoint(false, host, port, ""))
                .users(4)
                .requests(40)
                .get("/")
                .build(),
            Share.whole(),
            TestedOptions.ofEnvironment().withEventLoops(2))
        .connections();
  }

  @Test
  void eachConnectionIsTimedAndEachRequestCountedAtItsAddress() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.okAndClose("x"))) {
      ConnectionCounts counts = run("127.0.0.1", server.port());
      assertThat(server.connections()).isEqualTo(40);
      assertThat(counts.times(ConnectionStep.CONNECT).count()).isEqualTo(40);
      assertThat(counts.times(ConnectionStep.CONNECT).minNanos()).isPositive();
      assertThat(counts.failures(ConnectionStep.CONNECT)).isZero();
      assertThat(counts.addresses())
          .containsExactly(new AddressCount("127.0.0.1:" + server.port(), 40, 40));
      // An address is not resolved, and nothing here speaks TLS.
      assertThat(counts.has(ConnectionStep.RESOLVE)).isFalse();
      assertThat(counts.has(ConnectionStep.HANDSHAKE)).isFalse();
      assertThat(counts.has(ConnectionStep.RESUMPTION)).isFalse();
    }
  }

  @Test
  void keptConnectionsAreOpenedOnceAndCarryAllRequests() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.ok("x"))) {
      ConnectionCounts counts = run("127.0.0.1", server.port());
      assertThat(counts.times(ConnectionStep.CONNECT).count()).isEqualTo(4);
      assertThat(counts.addresses())
          .containsExactly(new AddressCount("127.0.0.1:" + server.port(), 4, 40));
    }
  }

  @Test
  void refusedConnectionsAreCountedAndNotTimed() throws Exception {
    int closed;
    try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      closed = socket.getLocalPort();
    }
    ConnectionCounts counts = run("127.0.0.1", closed);
    assertThat(counts.failures(ConnectionStep.CONNECT)).isEqualTo(40);
    assertThat(counts.times(ConnectionStep.CONNECT).count()).isZero();
    assertThat(counts.addresses()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  void aConnectionThatIsLateIsCounted(boolean shared) throws Exception {
    // A listener whose backlog is full drops further handshakes.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket first = new Socket(full.getInetAddress(), full.getLocalPort());
        Socket second = new Socket(full.getInetAddress(), full.getLocalPort())) {
      assertThat(List.of(first.isConnected(), second.isConnected())).containsOnly(true);
      ConnectionSettings settings =
          shared ? ConnectionSettings.shared(2) : ConnectionSettings.perUser();
      Merged merged =
          EngineIT.run(
              PoolIT.to(full.getLocalPort(), settings).users(2).requests(2).get("/").build(),
              Share.whole(),
              TestedOptions.ofEnvironment()
                  .withEventLoops(1)
                  .withConnectTimeout(Duration.ofMillis(300)));
      assertThat(merged.failedRequests()).isEqualTo(2);
      // The requests' timer or the pool's own: each connection counts once, whoever was first.
      assertThat(merged.connections().failures(ConnectionStep.CONNECT)).isEqualTo(2);
    }
  }

  @Test
  void aNameIsResolvedOnceForAllConnections() throws Exception {
    try (ScriptedServer server = new ScriptedServer((request, c) -> c.okAndClose("x"))) {
      ConnectionCounts counts = run("localhost", server.port());
      assertThat(counts.times(ConnectionStep.RESOLVE).count()).isEqualTo(1);
      assertThat(counts.failures(ConnectionStep.RESOLVE)).isZero();
    }
  }

  @ParameterizedTest
  @CsvSource({"BORINGSSL, true", "BORINGSSL, false", "JDK, true", "JDK, false"})
  void fullAndResumedHandshakesAreToldApart(TlsProvider provider, boolean resumed)
      throws Exception {
    TlsSettings settings = resumed ? trusting() : trusting().withoutResumption();
    try (ScriptedServer server = server((request, c) -> c.okAndClose("x"))) {
      Merged merged = TlsTargets.run("localhost", server.port(), settings, by(provider));
      assertThat(merged.failures()).isEmpty();
      ConnectionCounts counts = merged.connections();
      long full = counts.times(ConnectionStep.HANDSHAKE).count();
      long again = counts.times(ConnectionStep.RESUMPTION).count();
      assertThat(full + again).isEqualTo(server.connections()).isEqualTo(40);
      assertThat(counts.times(ConnectionStep.CONNECT).count()).isEqualTo(40);
      if (resumed) {
        // The first of each user at least cannot know a session.
        assertThat(full).isBetween(1L, 20L);
      } else {
        assertThat(again).isZero();
      }
    }
  }

  @Test
  void aHandshakeThatFailsIsCounted() throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x"))) {
      Merged merged =
          TlsTargets.run(
              "localhost", server.port(), TlsSettings.defaults(), by(TlsProvider.BORINGSSL));
      ConnectionCounts counts = merged.connections();
      assertThat(counts.failures(ConnectionStep.HANDSHAKE)).isEqualTo(merged.requests());
      assertThat(counts.times(ConnectionStep.HANDSHAKE).count()).isZero();
      assertThat(counts.times(ConnectionStep.CONNECT).count()).isEqualTo(merged.requests());
    }
  }
}
