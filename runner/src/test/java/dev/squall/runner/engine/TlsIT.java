package dev.squall.runner.engine;

import static dev.squall.runner.engine.TlsTargets.assertOnly;
import static dev.squall.runner.engine.TlsTargets.by;
import static dev.squall.runner.engine.TlsTargets.run;
import static dev.squall.runner.engine.TlsTargets.server;
import static dev.squall.runner.engine.TlsTargets.trusting;
import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.engine.tls.TlsSettings;
import dev.squall.runner.recording.Merged;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

@Timeout(180)
class TlsIT {
  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void requestsAreAnsweredOverTls(TlsProvider provider) throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x".repeat(20_000)))) {
      Merged merged = run("localhost", server.port(), trusting(), by(provider));
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(40);
      assertThat(server.connections()).isEqualTo(4);
      assertThat(merged.total("").contentBytes()).isEqualTo(800_000);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void aClosingServerIsAnsweredOverTlsToo(TlsProvider provider) throws Exception {
    try (ScriptedServer server = server((request, c) -> c.okAndClose("x"))) {
      Merged merged = run("localhost", server.port(), trusting(), by(provider));
      assertThat(merged.failures()).isEmpty();
      assertThat(server.connections()).isEqualTo(40);
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void theTrailingDotOfANameIsNotSent(TlsProvider provider) throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x"))) {
      Merged merged = run("localhost.", server.port(), trusting(), by(provider));
      assertThat(merged.failures()).isEmpty();
      assertThat(server.received().getFirst().headers())
          .containsEntry("host", "localhost:" + server.port());
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void anUntrustedCertificateIsATlsFailure(TlsProvider provider) throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x"))) {
      Merged merged = run("localhost", server.port(), TlsSettings.defaults(), by(provider));
      assertOnly(merged, "certificate not trusted");
      assertThat(server.requests()).isZero();
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void aCertificateForAnotherNameIsATlsFailure(TlsProvider provider) throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x"))) {
      assertOnly(
          run("127.0.0.1", server.port(), trusting(), by(provider)),
          "certificate is for another name");
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void aTargetWithoutTlsIsATlsFailure(TlsProvider provider) throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerInPlainText(plain));
      assertOnly(
          run("localhost", plain.getLocalPort(), trusting(), by(provider)),
          "the target does not speak TLS");
    }
  }

  private static void answerInPlainText(ServerSocket listener) {
    while (!listener.isClosed()) {
      try (Socket socket = listener.accept()) {
        assertThat(socket.getInputStream().read(new byte[8192])).isPositive();
        socket
            .getOutputStream()
            .write("HTTP/1.1 400 Bad Request\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      } catch (IOException _) {
        // That client is gone; the next one is answered.
      }
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"BORINGSSL", "JDK"})
  void aTargetThatNeverSaysAWordIsATlsFailure(TlsProvider provider) throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Merged merged =
          EngineIT.run(
              Workloads.to(new Endpoint(true, "localhost", silent.getLocalPort(), ""))
                  .requests(1)
                  .get("/")
                  .build(),
              Share.whole(),
              by(provider).withConnectTimeout(Duration.ofMillis(300)));
      assertOnly(merged, "handshake timed out");
    }
  }
}
