package dev.squall.runner.rehearsal;

import java.nio.ByteBuffer;

/** What the target reads of one connection, and what it has to say to it. */
sealed interface Requests permits Http1Requests, Http2Requests {
  /** What is to be said after some bytes. */
  enum Due {
    /** Nothing: more must come. */
    NOTHING,
    /** What the protocol demands beside answers. */
    REPLY,
    /** The answer to a request, which has come whole. */
    ANSWER
  }

  /** Takes bytes, all of them or up to those after which something is to be said. */
  Due read(ByteBuffer in);

  /** What is to be said now. */
  ByteBuffer answer();
}
