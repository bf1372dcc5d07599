package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsSettings;

/**
 * The target: where connections go, and what stands before each request's path.
 *
 * @param tls whether connections are TLS
 * @param host name or address literal (IPv6 without brackets); a trailing dot keeps the resolver
 *     from trying search domains and is not sent to the target
 * @param port TCP port
 * @param basePath empty, or a path that starts with a slash and does not end with one
 * @param tlsSettings what is asked of its TLS
 * @param connections who uses the connections, and how long they live
 * @param protocol what connections speak
 */
public record Endpoint(
    boolean tls,
    String host,
    int port,
    String basePath,
    TlsSettings tlsSettings,
    ConnectionSettings connections,
    HttpProtocol protocol) {
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

  /** An HTTP/1.1 target with the usual demands on its TLS, and a connection for each user. */
  public Endpoint(boolean tls, String host, int port, String basePath) {
    this(
        tls,
        host,
        port,
        basePath,
        TlsSettings.defaults(),
        ConnectionSettings.perUser(),
        HttpProtocol.HTTP1);
  }

  /** With other demands on its TLS. */
  public Endpoint withTlsSettings(TlsSettings settings) {
    return new Endpoint(tls, host, port, basePath, settings, connections, protocol);
  }

  /** With other connections. */
  public Endpoint withConnections(ConnectionSettings settings) {
    return new Endpoint(tls, host, port, basePath, tlsSettings, settings, protocol);
  }

  /** Spoken to by another protocol. */
  public Endpoint withProtocol(HttpProtocol other) {
    return new Endpoint(tls, host, port, basePath, tlsSettings, connections, other);
  }

  /** Whether connections speak HTTP/2. */
  boolean http2() {
    return protocol == HttpProtocol.HTTP2;
  }

  /** The protocol, and how it is agreed on, as the result says it. */
  String protocolName() {
    if (!http2()) {
      return "HTTP/1.1";
    }
    return tls ? "HTTP/2 (ALPN)" : "HTTP/2 (prior knowledge)";
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
