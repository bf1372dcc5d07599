package dev.squall.runner.control;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The HTTP server of a pod: routes by method and path, and the run's bearer token, which is
 * compared in constant time. A virtual thread for each request.
 */
public final class HttpService implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(HttpService.class);

  static {
    // Else the answer's last part waits for the client's delayed acknowledgement, 40 ms, which
    // would
    // also spoil the measurement of clocks.
    if (System.getProperty("sun.net.httpserver.nodelay") == null) {
      System.setProperty("sun.net.httpserver.nodelay", "true");
    }
  }

  private final HttpServer server;
  private final ExecutorService threads;
  private final byte[] token;
  private final List<Route> routes = new ArrayList<>();

  /**
   * A server that does not accept yet.
   *
   * @param address where it listens
   * @param token the run's token
   */
  public HttpService(InetSocketAddress address, String token) throws IOException {
    this.token = token.getBytes(StandardCharsets.UTF_8);
    this.threads = Executors.newVirtualThreadPerTaskExecutor();
    this.server = HttpServer.create(address, 1024);
    server.setExecutor(threads);
    server.createContext("/", this::handle);
  }

  /** Who may ask. */
  public enum Access {
    /** Anyone who reaches the port. */
    Anyone,
    /**
     * Who has the token, and a client in the same pod: a port-forward, which the API server
     * allowed.
     */
    TokenOrLoopback,
    /** Who has the token. */
    Token
  }

  /** Answers a request. */
  @FunctionalInterface
  public interface Handler {
    /** Answers; an IOException means that the client is gone or the disk broke. */
    void handle(Exchange exchange) throws IOException;
  }

  /** Adds a route; a path that ends in a slash stands for everything below it. */
  public HttpService route(String method, String path, Access access, Handler handler) {
    routes.add(new Route(method, path, access, handler));
    return this;
  }

  /** Begins to accept. */
  public HttpService start() {
    server.start();
    return this;
  }

  /** The port it listens at. */
  public int port() {
    return server.getAddress().getPort();
  }

  private void handle(HttpExchange http) {
    try (http) {
      Exchange exchange = new Exchange(http);
      try {
        dispatch(http, exchange);
      } catch (RuntimeException e) {
        LOG.error("{} {} failed", http.getRequestMethod(), exchange.path(), e);
        exchange.text(500, "this call failed: " + e);
      }
    } catch (IOException e) {
      LOG.debug("{} {} was not answered", http.getRequestMethod(), http.getRequestURI(), e);
    }
  }

  private void dispatch(HttpExchange http, Exchange exchange) throws IOException {
    Route found = null;
    for (Route route : routes) {
      if (route.matches(exchange.path())) {
        found = route;
        if (route.method.equals(http.getRequestMethod())) {
          break;
        }
      }
    }
    if (found == null) {
      exchange.text(404, "there is nothing at " + exchange.path());
    } else if (!found.method.equals(http.getRequestMethod())) {
      exchange.text(405, exchange.path() + " is for " + found.method);
    } else if (!allowed(found.access, http, exchange)) {
      http.getResponseHeaders().set("WWW-Authenticate", "Bearer");
      exchange.text(401, "send the run's token: Authorization: Bearer <token>");
    } else {
      found.handler.handle(exchange);
    }
  }

  private boolean allowed(Access access, HttpExchange http, Exchange exchange) {
    return switch (access) {
      case Anyone -> true;
      case TokenOrLoopback -> exchange.fromLoopback() || hasToken(http);
      case Token -> hasToken(http);
    };
  }

  private boolean hasToken(HttpExchange http) {
    String header = http.getRequestHeaders().getFirst("Authorization");
    String scheme = "Bearer ";
    return header != null
        && header.regionMatches(true, 0, scheme, 0, scheme.length())
        && MessageDigest.isEqual(
            token, header.substring(scheme.length()).strip().getBytes(StandardCharsets.UTF_8));
  }

  @Override
  public void close() {
    server.stop(0);
    threads.close();
  }

  private record Route(String method, String path, Access access, Handler handler) {
    boolean matches(String asked) {
      return (path.length() > 1 && path.endsWith("/"))
          ? asked.startsWith(path)
          : asked.equals(path);
    }
  }
}
