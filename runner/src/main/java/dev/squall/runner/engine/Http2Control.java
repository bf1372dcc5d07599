package dev.squall.runner.engine;

import dev.squall.runner.engine.http2.Frames;
import io.netty.buffer.ByteBuf;
import io.netty.handler.codec.http2.Http2Error;
import org.jspecify.annotations.Nullable;

/**
 * What an HTTP/2 connection says beside its requests: the greeting, confirmations, how much more
 * the target may send, which streams are given up, and whether the target is there still. Only the
 * event loop calls it.
 */
final class Http2Control {
  private final Http2Connection connection;
  private final Http2Scratch scratch;

  /** Bytes that came, for which the target was not yet given more to send. */
  private int taken;

  /** Number of the next stream when the target was last asked for a sign of life; 0 for never. */
  private int askedBefore;

  Http2Control(Http2Connection connection, Http2Scratch scratch) {
    this.connection = connection;
    this.scratch = scratch;
  }

  /** What a client says first. */
  void greet() {
    ByteBuf greeting = scratch.take(Frames.GREETING_BYTES);
    Frames.greeting(greeting);
    connection.send(greeting);
  }

  /** Confirms the target's settings; whether the connection is open still. */
  boolean confirmSettings() {
    ByteBuf ack = scratch.take(Frames.HEADER_BYTES);
    Frames.settingsAck(ack);
    return reply(ack);
  }

  /** Answers a ping. */
  void answerPing(long data) {
    ByteBuf answer = scratch.take(Frames.PING_BYTES);
    Frames.ping(answer, true, data);
    reply(answer);
  }

  /** Confirms something, unless that is not read; whether the connection is open still. */
  private boolean reply(ByteBuf frame) {
    if (connection.wire().writable()) {
      connection.send(frame);
    } else {
      frame.release();
      connection.failed(Faults.UNREAD);
    }
    return connection.life.hears();
  }

  /** Tells that a stream is given up. */
  void reset(int id, Http2Error error) {
    ByteBuf reset = scratch.take(Frames.SMALL_BYTES);
    Frames.reset(reset, id, error.code());
    connection.send(reset);
  }

  /** Takes note that bytes of an answer came, and lets the target send as many more. */
  void received(@Nullable Http2Stream stream, int bytes) {
    taken += bytes;
    if (taken >= Frames.CONNECTION_WINDOW / 2) {
      giveMore(0, taken);
      taken = 0;
    }
    if (stream != null) {
      stream.taken += bytes;
      if (stream.taken >= Frames.STREAM_WINDOW / 2) {
        giveMore(stream.id(), stream.taken);
        stream.taken = 0;
      }
    }
  }

  private void giveMore(int id, int bytes) {
    ByteBuf update = scratch.take(Frames.SMALL_BYTES);
    Frames.windowUpdate(update, id, bytes);
    connection.send(update);
  }

  /** Something came: the target is there. */
  void heard() {
    askedBefore = 0;
  }

  /** Whether the target was asked for a sign of life before a stream began, and gave none. */
  boolean unheardSince(int id) {
    return askedBefore > 0 && id >= askedBefore;
  }

  /**
   * Asks the target for a sign of life, unless it has been asked.
   *
   * @param nextId number of the next stream
   */
  void ask(int nextId) {
    if (askedBefore == 0) {
      askedBefore = nextId;
      ByteBuf ping = scratch.take(Frames.PING_BYTES);
      Frames.ping(ping, false, 0);
      connection.send(ping);
    }
  }
}
