package dev.squall.runner.results;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.github.davidmoten.aws.lw.client.Credentials;
import dev.squall.api.v1alpha1.S3;
import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

/** A real S3 server on loopback: the gateway that deploy/s3 builds, serving a folder. */
final class S3Gateway implements AutoCloseable {
  static final Credentials KEYS = Credentials.of("squall", "squall-for-tests-only");

  private final Process process;
  private final int port;

  private S3Gateway(Process process, int port) {
    this.process = process;
    this.port = port;
  }

  /** A port that nobody listens at. */
  static int freePort() throws IOException {
    try (ServerSocket socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }

  /** Starts the gateway; a folder under the root is a bucket. Built first if it was not yet. */
  static S3Gateway start(Path root, int port) throws IOException, InterruptedException {
    ProcessBuilder builder =
        new ProcessBuilder(
            program(),
            "--port",
            "127.0.0.1:" + port,
            "--quiet",
            "--health",
            "/health",
            "posix",
            root.toString());
    builder.environment().put("ROOT_ACCESS_KEY_ID", KEYS.accessKey());
    builder.environment().put("ROOT_SECRET_ACCESS_KEY", KEYS.secretKey());
    builder.redirectErrorStream(true);
    builder.redirectOutput(root.resolveSibling("gateway.log").toFile());
    Process process = builder.start();
    S3Gateway gateway = new S3Gateway(process, port);
    gateway.awaitHealthy();
    return gateway;
  }

  S3 spec(String bucket, String prefix) {
    return spec(port, bucket, prefix);
  }

  static S3 spec(int port, String bucket, String prefix) {
    return new S3("http://127.0.0.1:" + port, bucket, prefix, "us-east-1", true, null);
  }

  private static String program() throws IOException, InterruptedException {
    Path script = repository().resolve("deploy/s3/gateway.sh");
    Process build =
        new ProcessBuilder("bash", script.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String path = new String(build.getInputStream().readAllBytes(), UTF_8).strip();
    if (build.waitFor() != 0) {
      throw new IllegalStateException(script + " failed; the lines above say why");
    }
    return path;
  }

  private static Path repository() {
    Path folder = Path.of("").toAbsolutePath();
    while (!Files.exists(folder.resolve("deploy/s3/gateway.sh"))) {
      folder = folder.getParent();
      if (folder == null) {
        throw new IllegalStateException("run this test inside the repository");
      }
    }
    return folder;
  }

  private void awaitHealthy() throws InterruptedException {
    URI health = URI.create("http://127.0.0.1:" + port + "/health");
    long deadline = System.nanoTime() + Duration.ofSeconds(30).toNanos();
    try (HttpClient client = HttpClient.newHttpClient()) {
      while (true) {
        try {
          HttpRequest ask = HttpRequest.newBuilder(health).timeout(Duration.ofSeconds(1)).build();
          if (client.send(ask, BodyHandlers.discarding()).statusCode() == 200) {
            return;
          }
        } catch (IOException e) {
          if (!process.isAlive() || System.nanoTime() > deadline) {
            throw new IllegalStateException("the gateway did not come up; see gateway.log", e);
          }
        }
        TimeUnit.MILLISECONDS.sleep(50);
      }
    }
  }

  @Override
  public void close() {
    process.destroy();
    process.onExit().join();
  }
}
