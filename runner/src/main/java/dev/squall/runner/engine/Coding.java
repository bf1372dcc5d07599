package dev.squall.runner.engine;

import java.nio.charset.StandardCharsets;

/** How an answer's body is coded (Content-Encoding, RFC 9110). */
enum Coding {
  /** Not at all. */
  IDENTITY("identity"),
  /** RFC 1952. */
  GZIP("gzip"),
  /** RFC 1950, or as some targets send it, RFC 1951 without its frame. */
  DEFLATE("deflate"),
  /** One that cannot be decoded here, or several one after the other. */
  OTHER("");

  private static final byte[] X_GZIP = "x-gzip".getBytes(StandardCharsets.US_ASCII);

  private final byte[] name;

  Coding(String name) {
    this.name = name.getBytes(StandardCharsets.US_ASCII);
  }

  /** This coding and then one more, named in an answer's head. */
  Coding and(byte[] b, int from, int to) {
    Coding next =
        Head.matches(b, from, to, GZIP.name) || Head.matches(b, from, to, X_GZIP)
            ? GZIP
            : Head.matches(b, from, to, DEFLATE.name)
                ? DEFLATE
                : from == to || Head.matches(b, from, to, IDENTITY.name) ? IDENTITY : OTHER;
    return this == IDENTITY ? next : next == IDENTITY ? this : OTHER;
  }
}
