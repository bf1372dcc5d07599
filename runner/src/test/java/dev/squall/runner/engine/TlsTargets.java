package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import dev.squall.runner.engine.tls.TlsProvider;
import dev.squall.runner.engine.tls.TlsSettings;
import dev.squall.runner.recording.FailureCount;
import dev.squall.runner.recording.FailureKind;
import dev.squall.runner.recording.Merged;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.PrivateKey;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import javax.net.ServerSocketFactory;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLServerSocket;
import javax.net.ssl.TrustManagerFactory;

/** Targets that speak TLS with a certificate for localhost, made once for all tests. */
public final class TlsTargets {
  private static final char[] PASSWORD = "changeit".toCharArray();
  private static final KeyStore KEYS;
  private static final SSLContext CONTEXT;

  static {
    try {
      KEYS = keys();
      CONTEXT = context();
    } catch (GeneralSecurityException | IOException | InterruptedException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private TlsTargets() {}

  private static KeyStore keys()
      throws GeneralSecurityException, IOException, InterruptedException {
    Path folder = Files.createTempDirectory("squall-tls-");
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
    KeyStore keys = KeyStore.getInstance("PKCS12");
    try (InputStream in = Files.newInputStream(store)) {
      keys.load(in, PASSWORD);
    }
    Files.delete(store);
    Files.delete(folder);
    return keys;
  }

  private static SSLContext context() throws GeneralSecurityException, IOException {
    KeyManagerFactory managers =
        KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
    managers.init(KEYS, PASSWORD);
    KeyStore trust = KeyStore.getInstance("PKCS12");
    trust.load(null, null);
    trust.setCertificateEntry("client", KEYS.getCertificate("server"));
    TrustManagerFactory trusting =
        TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
    trusting.init(trust);
    SSLContext context = SSLContext.getInstance("TLS");
    context.init(managers.getKeyManagers(), trusting.getTrustManagers(), null);
    return context;
  }

  static ScriptedServer server(ScriptedServer.Script script) throws IOException {
    return server(script, socket -> {});
  }

  /** A target with something set on its sockets. */
  static ScriptedServer server(ScriptedServer.Script script, Consumer<SSLServerSocket> setting)
      throws IOException {
    return new ScriptedServer(script, sockets(setting), true);
  }

  /** The targets' certificate, which they trust in clients too. */
  public static X509Certificate certificate() throws GeneralSecurityException {
    return (X509Certificate) KEYS.getCertificate("server");
  }

  /** Its private key. */
  public static PrivateKey key() throws GeneralSecurityException {
    return (PrivateKey) KEYS.getKey("server", PASSWORD);
  }

  static TlsSettings trusting() throws GeneralSecurityException {
    return TlsSettings.defaults().withTrusted(List.of(certificate()));
  }

  static EngineOptions by(TlsProvider provider) {
    // A handshake takes long where many share a CPU, and code is new.
    return TestedOptions.ofEnvironment()
        .withEventLoops(2)
        .withTlsProvider(provider)
        .withConnectTimeout(Duration.ofSeconds(60));
  }

  /** 40 requests of 4 users. */
  static Merged run(String host, int port, TlsSettings settings, EngineOptions options)
      throws Exception {
    return EngineIT.run(
        Workloads.to(new Endpoint(true, host, port, "").withTlsSettings(settings))
            .users(4)
            .requests(40)
            .timeout(Duration.ofSeconds(20))
            .get("/")
            .build(),
        Share.whole(),
        options);
  }

  /** Sockets of a server with that certificate. */
  public static ServerSocketFactory sockets() {
    return CONTEXT.getServerSocketFactory();
  }

  /** Sockets of the server's, with something set. */
  private static ServerSocketFactory sockets(Consumer<SSLServerSocket> setting) {
    ServerSocketFactory plain = CONTEXT.getServerSocketFactory();
    return new ServerSocketFactory() {
      @Override
      public ServerSocket createServerSocket(int port) throws IOException {
        return set(plain.createServerSocket(port));
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog) throws IOException {
        return set(plain.createServerSocket(port, backlog));
      }

      @Override
      public ServerSocket createServerSocket(int port, int backlog, InetAddress address)
          throws IOException {
        return set(plain.createServerSocket(port, backlog, address));
      }

      private ServerSocket set(ServerSocket socket) {
        setting.accept((SSLServerSocket) socket);
        return socket;
      }
    };
  }

  /** All requests failed by TLS, and for this reason. */
  static void assertOnly(Merged merged, String reason) {
    assertThat(merged.failures()).hasSize(1);
    FailureCount failure = merged.failures().getFirst();
    assertThat(failure.reason()).isEqualTo(reason);
    assertThat(failure.kind()).isEqualTo(FailureKind.TLS);
    assertThat(failure.count()).isEqualTo(merged.requests());
  }
}
