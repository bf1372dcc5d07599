package dev.squall.runner.engine;

/** What connections to the target speak. */
public enum HttpProtocol {
  /** HTTP/1.1 (RFC 9112). */
  HTTP1,
  /** HTTP/2 (RFC 9113): by ALPN over TLS, else by prior knowledge. */
  HTTP2
}
