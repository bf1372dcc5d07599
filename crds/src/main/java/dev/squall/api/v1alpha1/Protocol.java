package dev.squall.api.v1alpha1;

/** What connections to a target speak. */
public enum Protocol {
  /** HTTP/1.1. */
  HTTP1,
  /** HTTP/2: agreed on by ALPN with an https target, by prior knowledge with an http one. */
  HTTP2
}
