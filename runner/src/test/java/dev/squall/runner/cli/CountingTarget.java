package dev.squall.runner.cli;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/** A target on loopback whose own count is the truth: {@code /health} apart, it answers 200. */
final class CountingTarget implements AutoCloseable {
  private final HttpServer server;
  private final ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor();
  private final AtomicLong requests = new AtomicLong();
  private volatile boolean healthy = true;
  private volatile boolean countsHealth;
  private volatile long lastNanos;

  CountingTarget() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 1024);
    server.setExecutor(threads);
    server.createContext(
        "/",
        http -> {
          try (http) {
            http.getRequestBody().readAllBytes();
            boolean probe = http.getRequestURI().getPath().equals("/health");
            if (!probe || countsHealth) {
              requests.incrementAndGet();
              lastNanos = System.nanoTime();
            }
            byte[] body = {'o', 'k'};
            http.sendResponseHeaders(probe && !healthy ? 503 : 200, body.length);
            http.getResponseBody().write(body);
          }
        });
    server.start();
  }

  /** Counts the requests to /health too. */
  void countsHealth() {
    countsHealth = true;
  }

  void healthy(boolean is) {
    healthy = is;
  }

  long requests() {
    return requests.get();
  }

  /** When the last request came, on this JVM's clock. */
  long lastNanos() {
    return lastNanos;
  }

  /** Waits until no request has come for a while. */
  void awaitQuiet(Duration quiet, Duration atMost) throws InterruptedException {
    long deadline = System.nanoTime() + atMost.toNanos();
    while (System.nanoTime() - lastNanos < quiet.toNanos()) {
      if (System.nanoTime() > deadline) {
        throw new AssertionError("requests still come after " + atMost);
      }
      TimeUnit.MILLISECONDS.sleep(50);
    }
  }

  String url() {
    return "http://127.0.0.1:" + server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
