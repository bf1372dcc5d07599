package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

@Timeout(60)
class TlsIT {
  private static final char[] PASSWORD = "changeit".toCharArray();

  @TempDir static Path folder;
  private static KeyStore keys;
  private static SSLContext context;

  @BeforeAll
  static void makeCertificate() throws Exception {
    Path store = folder.resolve("keys.p12");
    Process keytool =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "keytool").toString(),
                "-genkeypair",
                "-alias",
                "server",
                "-keyalg",
                "EC",
                "-dname",
                "CN=localhost",
                "-ext",
                "san=dns:localhost",
                "-storetype",
                "PKCS12",
                "-storepass",
                new String(PASSWORD),
                "-keystore",
                store.toString())
            .inheritIO()
            .start();
    assertThat(keytool.waitFor()).isZero();
    keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(keys, PASSWORD);
    context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), null, null);
  }

  private static ScriptedServer server(ScriptedServer.Script script) throws Exception {
    return new ScriptedServer(script, context.getServerSocketFactory(), true);
  }

  private static EngineOptions trusting() throws Exception {
    return EngineOptions.defaults()
        .withEventLoops(2)
        .withTrusted(List.of((X509Certificate) keys.getCertificate("server")));
  }

  private static Merged run(String host, int port, EngineOptions options) throws Exception {
    return EngineIT.run(
        Workloads.to(new Endpoint(true, host, port, ""))
            .users(4)
            .requests(40)
            .timeout(Duration.ofSeconds(20))
            .get("/")
            .build(),
        Share.whole(),
        options);
  }

  @Test
  void requestsAreAnsweredOverTls() throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x".repeat(20_000)))) {
      Merged merged = run("localhost", server.port(), trusting());
      assertThat(merged.failures()).isEmpty();
      assertThat(merged.requests()).isEqualTo(40);
      assertThat(server.connections()).isEqualTo(4);
      assertThat(merged.total("").contentBytes()).isEqualTo(800_000);
    }
  }

  @Test
  void aClosingServerIsAnsweredOverTlsToo() throws Exception {
    try (ScriptedServer server = server((request, c) -> c.okAndClose("x"))) {
      Merged merged = run("localhost", server.port(), trusting());
      assertThat(merged.failures()).isEmpty();
      assertThat(server.connections()).isEqualTo(40);
    }
  }

  @Test
  void theTrailingDotOfANameIsNotSent() throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x"))) {
      Merged merged = run("localhost.", server.port(), trusting());
      assertThat(merged.failures()).isEmpty();
      assertThat(server.received().getFirst().headers())
          .containsEntry("host", "localhost:" + server.port());
    }
  }

  @Test
  void anUntrustedCertificateIsATlsFailure() throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x"))) {
      Merged merged = run("localhost", server.port(), EngineOptions.defaults());
      assertOnly(merged, "certificate not trusted");
      assertThat(server.requests()).isZero();
    }
  }

  @Test
  void aCertificateForAnotherNameIsATlsFailure() throws Exception {
    try (ScriptedServer server = server((request, c) -> c.ok("x"))) {
      assertOnly(run("127.0.0.1", server.port(), trusting()), "certificate is for another name");
    }
  }

  @Test
  void aTargetWithoutTlsIsATlsFailure() throws Exception {
    try (ServerSocket plain = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Thread.ofVirtual().start(() -> answerInPlainText(plain));
      assertOnly(
          run("localhost", plain.getLocalPort(), trusting()), "the target does not speak TLS");
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

  @Test
  void aTargetThatNeverSaysAWordIsATlsFailure() throws Exception {
    try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      Merged merged =
          EngineIT.run(
              Workloads.to(new Endpoint(true, "localhost", silent.getLocalPort(), ""))
                  .requests(1)
                  .get("/")
                  .build(),
              Share.whole(),
              trusting().withConnectTimeout(Duration.ofMillis(300)));
      assertOnly(merged, "handshake timed out");
    }
  }

  private static void assertOnly(Merged merged, String reason) {
    assertThat(merged.failures()).hasSize(1);
    FailureCount failure = merged.failures().getFirst();
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.kind()).isEqualTo(FailureKind.TLS);
    assertThat(failure.count()).isEqualTo(merged.requests());
  }
}
