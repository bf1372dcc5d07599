package dev.squall.api.v1alpha1;

/** What a streamed answer is counted and timed in. */
public enum StreamUnit {
  /** A server-sent event with data, ended by its blank line; comments are none. */
  Event,
  /** An HTTP chunk or data frame; of a body without either, each read. */
  Chunk
}
