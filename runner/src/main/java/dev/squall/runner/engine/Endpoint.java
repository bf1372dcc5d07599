package dev.squall.runner.engine;

/**
 * The target: where connections go, and what stands before each request's path.
 *
 * @param tls whether connections are TLS
 * @param host name or address literal (IPv6 without brackets); a trailing dot keeps the resolver
 *     from trying search domains and is not sent to the target
 * @param port TCP port
 * @param basePath empty, or a path that starts with a slash and does not end with one
 */
public record Endpoint(boolean tls, String host, int port, String basePath) {
  /** Checks each part. */
  public Endpoint {
    if (host.isEmpty() || host.chars().anyMatch(c -> c <= ' ' || c == '/' || c >= 0x7F)) {
      throw new IllegalArgumentException("host '" + host + "' is not a name or address");
    }
    if (port < 1 || port > 65_535) {
      throw new IllegalArgumentException("port " + port + " is not between 1 and 65535");
    }
    if (!basePath.isEmpty() && (!basePath.startsWith("/") || basePath.endsWith("/"))) {
      throw new IllegalArgumentException(
          "base path '" + basePath + "' must start with a slash and not end with one");
    }
  }

  /** The host as the target knows it: without the trailing dot. */
  public String serverName() {
    return host.length() > 1 && host.endsWith(".") ? host.substring(0, host.length() - 1) : host;
  }

  /** Value of the Host header. */
  public String authority() {
    String name = serverName().indexOf(':') >= 0 ? "[" + serverName() + "]" : serverName();
    return port == (tls ? 443 : 80) ? name : name + ":" + port;
  }
}
