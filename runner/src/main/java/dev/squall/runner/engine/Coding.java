package dev.squall.runner.engine;

import java.nio.charset.StandardCharsets;

/** How an answer's body is coded (Content-Encoding, RFC 9110). */
enum Coding {
  /** Not at all. */
  IDENTITY,
  /** RFC 1952. */
  GZIP,
  /** RFC 1950, or as some targets send it, RFC 1951 without its frame. */
  DEFLATE,
  /** One that cannot be decoded here, or several one after the other. */
  OTHER;

  private static final byte[] NAME_GZIP = "gzip".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NAME_X_GZIP = "x-gzip".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NAME_DEFLATE = "deflate".getBytes(StandardCharsets.US_ASCII);
  private static final byte[] NAME_IDENTITY = "identity".getBytes(StandardCharsets.US_ASCII);

  /** This coding and then one more, named in an answer's head. */
  Coding and(byte[] b, int from, int to) {
    Coding next = of(b, from, to);
    return this == IDENTITY ? next : next == IDENTITY ? this : OTHER;
  }

  private static Coding of(byte[] b, int from, int to) {
    if (from == to || FieldText.is(b, from, to, NAME_IDENTITY)) {
      return IDENTITY;
    }
    if (FieldText.is(b, from, to, NAME_GZIP) || FieldText.is(b, from, to, NAME_X_GZIP)) {
      return GZIP;
    }
    return FieldText.is(b, from, to, NAME_DEFLATE) ? DEFLATE : OTHER;
  }
}
