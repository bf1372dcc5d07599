package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.recording.FailureKind;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * What goes over an HTTP/1.1 connection: one exchange's requests, one at a time, each followed by
 * its answer. Only the event loop calls it.
 */
final class Conversation implements Carrier {
  private final UserLoop loop;
  private final Connection connection;
  private final ConnectionLife life;
  private final ResponseParser parser;
  private @Nullable Exchange exchange;
  private @Nullable ByteBuf encoded;
  private boolean reused;
  private boolean writing;

  Conversation(UserLoop loop, Connection connection, ConnectionLife life) {
    this.loop = loop;
    this.connection = connection;
    this.life = life;
    this.parser = loop.scratch.newParser();
  }

  /** It is an exchange's from here on, until it is released or gone. */
  void carry(Exchange next) {
    exchange = next;
  }

  /** The connection is established; false if no exchange waits for it. */
  boolean connected() {
    if (exchange == null) {
      expectCrossing();
      return false;
    }
    exchange.connected();
    return true;
  }

  /** From here on a close can cross a request on its way, and how it came is looked at. */
  private void expectCrossing() {
    if (!reused) {
      reused = true;
      connection.wire().reuse();
    }
  }

  @Override
  public boolean idle() {
    return life.idle();
  }

  @Override
  public boolean connecting() {
    return connection.connecting();
  }

  @Override
  public Refusal late() {
    return connection.late();
  }

  @Override
  public void encode(
      Script.Request request, Draw draw, @Nullable String[] captured, @Nullable Browsing browsing) {
    if (!life.idle()) {
      throw new IllegalStateException("a connection that is " + life.state() + " cannot send");
    }
    encoded = loop.scratch.encode(request.encoder, draw, captured, browsing);
    parser.begin(
        request.head, request.needs, exchange == null ? null : exchange.underway.streamed());
  }

  @Override
  public void write() {
    ByteBuf request = encoded;
    if (request == null) {
      throw new IllegalStateException("nothing is encoded");
    }
    encoded = null;
    life.carries();
    connection.carries();
    writing = true;
    connection.send(request);
    writing = false;
  }

  /** Bytes came from the target. */
  void read(ByteBuf in) {
    long now = System.nanoTime();
    boolean complete = false;
    boolean excess;
    try {
      if (life.busy()) {
        parser.kept().read(now);
        complete = parser.read(in);
      }
      excess = in.isReadable();
    } finally {
      in.release();
    }
    if (life.busy()) {
      String error = parser.error();
      if (error != null) {
        lost(new Refusal(FailureKind.DECODE, error), false);
      } else if (complete && excess) {
        lost(Faults.EXCESS, false);
      } else if (complete) {
        complete(now);
      }
    } else if (excess && !life.leaving()) {
      // Bytes that nobody asked for: what follows could not be told from the next answer.
      connection.drop();
    }
  }

  private void complete(long now) {
    Exchange answered = exchange;
    if (!parser.keepAlive() || !life.busy()) {
      life.leaves(now);
      detach();
    } else if (life.rests(now)) {
      expectCrossing();
    } else {
      connection.drop();
    }
    if (answered != null) {
      answered.answered(parser, now);
    }
    parser.kept().release();
  }

  /** The target has closed its side before the answer was complete, unless that is its end. */
  void ended(boolean stillOpen) {
    if (parser.end()) {
      connection.over();
      complete(System.nanoTime());
    } else if (parser.started()) {
      lost(Faults.CUT, false);
    } else {
      boolean crossed = reused && stillOpen && connection.wire().endedBeforeRequest();
      lost(Faults.CLOSED, crossed);
    }
  }

  /** The connection broke before the answer was complete. */
  void broken(Throwable cause) {
    // Nothing was sent if the write itself failed, so that it can be sent again.
    lost(Faults.established(cause), reused && writing && !parser.started());
  }

  private void lost(Refusal refusal, boolean neverReached) {
    Exchange affected = exchange;
    connection.drop();
    if (affected != null) {
      affected.lost(refusal, neverReached, parser.contentBytes());
    }
  }

  /** It is no exchange's any more; whose it was, null for nobody's. */
  @Nullable Exchange leave() {
    Exchange had = exchange;
    exchange = null;
    return had;
  }

  /** Tells its exchange that the connection is gone, or not to be used again. */
  void detach() {
    Exchange had = leave();
    if (had != null) {
      had.disconnected();
    }
  }

  @Override
  public boolean release() {
    Exchange had = leave();
    boolean kept = connection.released();
    exchange = kept ? had : exchange;
    return kept;
  }

  @Override
  public boolean cancel() {
    // Its answer may come yet, and could not be told from the next.
    reset();
    return false;
  }

  @Override
  public void reset() {
    exchange = null;
    connection.reset();
  }
}
