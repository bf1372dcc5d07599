package dev.squall.runner.engine;

/** What a streamed answer is counted and timed in. */
public enum StreamUnit {
  /**
   * A server-sent event with data: it is there when the blank line that ends it is read. Comments,
   * and blocks without a data field, are none.
   */
  EVENT,
  /**
   * A chunk of HTTP/1.1's chunked coding or a data frame of HTTP/2: it is there when its first byte
   * is read. Of a body without either, each read.
   */
  CHUNK
}
