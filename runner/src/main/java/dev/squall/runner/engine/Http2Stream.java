package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A place for one request at a time on an HTTP/2 connection: each request is a stream of its own
 * there, with the next number. Only the event loop calls it.
 */
final class Http2Stream implements Carrier {
  /** Who hands streams out. */
  interface Keeper {
    /**
     * Its exchange needs it no more, for now.
     *
     * @return whether it is that exchange's all the same
     */
    boolean released(Http2Stream stream);

    /** Its exchange has given it up. */
    void discarded(Http2Stream stream);
  }

  private final Keeper keeper;
  private final Chain.Link<Http2Stream> sendingPlace = new Chain.Link<>(this);
  final Http2Answer answer;

  /** How much more of a request's body the target takes, and what waits for that. */
  long window;

  @Nullable ByteBuf rest;

  /** Bytes of the answer for which the target was not yet given more to send. */
  int taken;

  private Http2Connection connection;
  private @Nullable Exchange exchange;
  private @Nullable ByteBuf encoded;

  /** Number of the stream that its request is, 0 while there is none. */
  private int id;

  Http2Stream(Keeper keeper, Http2Connection connection, Http2Answer answer) {
    this.keeper = keeper;
    this.connection = connection;
    this.answer = answer;
  }

  /** It is an exchange's from here on, on a connection, until it is released or discarded. */
  void carry(Http2Connection on, Exchange next) {
    connection = on;
    exchange = next;
  }

  /** Its exchange, null if it has none. */
  @Nullable Exchange exchange() {
    return exchange;
  }

  Http2Connection connection() {
    return connection;
  }

  /** Its place among those whose bodies wait for the target to take more. */
  Chain.Link<Http2Stream> sendingPlace() {
    return sendingPlace;
  }

  int id() {
    return id;
  }

  @Override
  public boolean idle() {
    return id == 0 && connection.life.takesStreams();
  }

  @Override
  public boolean connecting() {
    return connection.life.opening();
  }

  @Override
  public Refusal late() {
    return connection.life.late();
  }

  @Override
  public void encode(
      Script.Request request, Draw draw, @Nullable String[] captured, @Nullable Browsing browsing) {
    if (!idle()) {
      throw new IllegalStateException("a stream that is not idle cannot send");
    }
    answer.begin(
        request.head, request.needs, exchange == null ? null : exchange.underway.streamed());
    taken = 0;
    id = connection.streams.nextId();
    encoded = connection.sending.encode(this, request, draw, captured, browsing);
  }

  @Override
  public void write() {
    ByteBuf request = encoded;
    if (request == null) {
      throw new IllegalStateException("nothing is encoded");
    }
    encoded = null;
    connection.streams.write(this, request);
  }

  /** Its request is over, with the whole answer, at the time that was read. */
  void answered(long now) {
    id = 0;
    Exchange answered = exchange;
    if (answered != null) {
      answered.answered(answer, now);
    }
    answer.kept().release();
  }

  /** Its request is over without a whole answer. */
  void lost(Refusal refusal, boolean neverReached) {
    id = 0;
    if (exchange != null) {
      exchange.lost(refusal, neverReached, answer.contentBytes());
    }
  }

  /**
   * Its connection is gone.
   *
   * @param neverReached whether its request, if nothing came back, never reached the target
   */
  void cutOff(Refusal refusal, boolean neverReached) {
    boolean started = answer.started();
    Refusal why = started && refusal.equals(Faults.CLOSED) ? Faults.CUT : refusal;
    lost(why, neverReached && !started);
  }

  /** The target has not served its request, and says so. */
  void refused(Refusal refusal) {
    id = 0;
    if (exchange != null) {
      exchange.refused(refusal, answer.contentBytes());
    }
  }

  @Override
  public boolean cancel() {
    int was = id;
    id = 0;
    connection.streams.timedOut(this, was);
    return true;
  }

  @Override
  public boolean release() {
    Exchange had = exchange;
    exchange = null;
    boolean kept = keeper.released(this);
    // By now it may be another exchange's.
    exchange = kept ? had : exchange;
    return kept;
  }

  /** The connection is gone while its exchange has nothing on it. */
  void detach(Refusal refusal) {
    Exchange had = exchange;
    exchange = null;
    if (had != null) {
      had.connectFailed(refusal);
    }
  }

  @Override
  public void reset() {
    int was = id;
    id = 0;
    exchange = null;
    if (was != 0) {
      connection.streams.cancel(this, was);
    }
    keeper.discarded(this);
  }
}
