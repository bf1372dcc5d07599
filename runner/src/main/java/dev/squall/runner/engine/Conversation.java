package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.recording.FailureKind;
import io.netty.buffer.ByteBuf;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What goes over an HTTP/1.1 connection: one exchange's requests, one at a time, each followed by
 * its answer. Only the event loop calls it.
 */
final class Conversation implements Carrier {
  private final UserLoop loop;
  private final Connection connection;
  private final ConnectionLife life;
  private @Nullable Exchange exchange;
  private @Nullable ByteBuf encoded;
  private boolean writing;

  /** What reads the answer to what was encoded last; null once that is whole or lost. */
  private @Nullable ResponseParser parser;

  Conversation(UserLoop loop, Connection connection, ConnectionLife life) {
    this.loop = loop;
    this.connection = connection;
    this.life = life;
  }

  /** It is an exchange's from here on, until it is released or gone. */
  void carry(Exchange next) {
    exchange = next;
  }

  /** The connection is established; false if no exchange waits for it. */
  boolean connected() {
    if (exchange == null) {
      connection.reuse();
      return false;
    }
    exchange.connected();
    return true;
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
    life.mustBeIdle();
    encoded = loop.scratch.encode(request.encoder, draw, captured, browsing);
    parser = parser == null ? loop.scratch.takeParser() : parser;
    parser.begin(
        request.head, request.needs, exchange == null ? null : exchange.underway.streamed());
  }

  @Override
  public void write() {
    ByteBuf request = Objects.requireNonNull(encoded, "nothing is encoded");
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
    ResponseParser answer = life.busy() ? parser : null;
    boolean complete = false;
    boolean excess;
    try {
      if (answer != null) {
        answer.kept().read(now);
        complete = answer.read(in);
      }
      excess = in.isReadable();
    } finally {
      in.release();
    }
    if (answer != null) {
      String error = answer.error();
      if (error != null) {
        lost(taken(), new Refusal(FailureKind.DECODE, error), false);
      } else if (complete && excess) {
        lost(taken(), Faults.EXCESS, false);
      } else if (complete) {
        complete(taken(), now);
      }
    } else if (excess && !life.leaving()) {
      // Bytes that nobody asked for: what follows could not be told from the next answer.
      connection.drop();
    }
  }

  private void complete(ResponseParser answer, long now) {
    Exchange answered = exchange;
    if (!answer.keepAlive() || !life.busy()) {
      life.leaves(now);
      detach();
    } else if (life.rests(now)) {
      connection.reuse();
    } else {
      connection.drop();
    }
    if (answered != null) {
      answered.answered(answer, now);
    }
    loop.scratch.giveBack(answer);
  }

  /** The target has closed its side before the answer was complete, unless that is its end. */
  void ended(boolean stillOpen) {
    ResponseParser answer = taken();
    if (answer.end()) {
      connection.over();
      complete(answer, System.nanoTime());
    } else {
      boolean cut = answer.started();
      lost(answer, cut ? Faults.CUT : Faults.CLOSED, !cut && stillOpen && connection.crossed());
    }
  }

  /** The connection broke before the answer was complete. */
  void broken(Throwable cause) {
    ResponseParser answer = taken();
    // Nothing was sent if the write itself failed, so that it can be sent again.
    lost(answer, Faults.established(cause), connection.reused() && writing && !answer.started());
  }

  /** The parser, which is not this conversation's any more: the next request has another. */
  private ResponseParser taken() {
    ResponseParser answer = Objects.requireNonNull(parser, "no answer is awaited");
    parser = null;
    return answer;
  }

  private void lost(ResponseParser answer, Refusal refusal, boolean neverReached) {
    Exchange affected = exchange;
    connection.drop();
    if (affected != null) {
      affected.lost(refusal, neverReached, answer.contentBytes());
    }
    loop.scratch.giveBack(answer);
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
    if (parser != null) {
      loop.scratch.giveBack(taken());
    }
    connection.reset();
  }
}
