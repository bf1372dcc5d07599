package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.recording.FailureKind;
import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/1.1. Only its event loop calls it.
 *
 * <p>After an answer that announces the close, the target's end is awaited, for a while. One whose
 * life or idle limit is over is closed once it is idle.
 */
final class Connection extends Dialed implements Carrier {
  /** How long a target may take to close a connection whose close it has announced. */
  private static final long LEAVING_NANOS = 2_000_000_000L;

  private enum State {
    OPENING,
    IDLE,
    BUSY,
    LEAVING,
    CLOSED
  }

  /** Who keeps connections while no exchange has them. */
  interface Keeper {
    /** It is established, and no exchange has it. */
    void established(Connection connection);

    /** It could not be established, and no exchange had it. */
    void unestablished(Connection connection, Refusal refusal);

    /**
     * Its exchange needs it no more, for now.
     *
     * @return whether it is that exchange's all the same
     */
    boolean released(Connection connection);

    /** It was established, and is closed. */
    void gone(Connection connection);
  }

  private final UserLoop loop;
  private final Keeper keeper;
  private final Chain.Link<Connection> place = new Chain.Link<>(this);
  private final ResponseParser parser;

  /** Whether it is established in time, is closed in time, lives or is idle for too long. */
  private final Timers.Timer watch =
      new Timers.Timer() {
        @Override
        void fire(long nowNanos) {
          watched();
        }
      };

  private State state = State.OPENING;
  private @Nullable Exchange exchange;
  private @Nullable ByteBuf encoded;
  private boolean reused;
  private boolean writing;
  private long diesAt = Timers.NEVER;

  Connection(UserLoop loop, Dialer dialer, Keeper keeper) {
    super(dialer);
    this.loop = loop;
    this.keeper = keeper;
    this.parser = loop.scratch.newParser();
  }

  /** Connects, for no exchange yet; the keeper is told the outcome, maybe before this returns. */
  void openWithin(InetSocketAddress address, long nanos) {
    loop.timers().set(watch, System.nanoTime() + nanos);
    open(address);
  }

  /** It is an exchange's from here on, until it is released or gone. */
  void carry(Exchange next) {
    exchange = next;
  }

  /** Its place among those that are idle. */
  Chain.Link<Connection> place() {
    return place;
  }

  @Override
  Wire newWire(Dialer from) {
    return from.wire(this);
  }

  @Override
  void established() {
    state = State.IDLE;
    long now = System.nanoTime();
    diesAt = loop.lives().diesAt(now);
    loop.timers().set(watch, Math.min(diesAt, loop.lives().idleUntil(now)));
    if (exchange != null) {
      exchange.connected();
    } else {
      expectCrossing();
      keeper.established(this);
    }
  }

  /** From here on a close can cross a request on its way, and how it came is looked at. */
  private void expectCrossing() {
    if (!reused) {
      reused = true;
      wire().reuse();
    }
  }

  private void watched() {
    switch (state) {
      case OPENING -> unestablished(late());
      case IDLE, LEAVING -> drop();
      // Once it has its answer, it is closed if its life is over by then.
      case BUSY, CLOSED -> {}
    }
  }

  @Override
  void unestablished(Refusal refusal) {
    Exchange affected = exchange;
    reset();
    if (affected != null) {
      affected.connectFailed(refusal);
    } else {
      keeper.unestablished(this, refusal);
    }
  }

  @Override
  public boolean idle() {
    return state == State.IDLE;
  }

  @Override
  public void encode(
      Script.Request request, Draw draw, @Nullable String[] captured, @Nullable Browsing browsing) {
    if (state != State.IDLE) {
      throw new IllegalStateException("a connection that is " + state + " cannot send");
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
    state = State.BUSY;
    carries();
    writing = true;
    send(request);
    writing = false;
  }

  @Override
  public void read(ByteBuf in) {
    long now = System.nanoTime();
    boolean complete = false;
    boolean excess;
    try {
      if (state == State.BUSY) {
        parser.kept().read(now);
        complete = parser.read(in);
      }
      excess = in.isReadable();
    } finally {
      in.release();
    }
    if (state == State.BUSY) {
      String error = parser.error();
      if (error != null) {
        lost(new Refusal(FailureKind.DECODE, error), false);
      } else if (complete && excess) {
        lost(Faults.EXCESS, false);
      } else if (complete) {
        complete(now);
      }
    } else if (excess && state != State.LEAVING) {
      // Bytes that nobody asked for: what follows could not be told from the next answer.
      drop();
    }
  }

  private void complete(long now) {
    Exchange answered = exchange;
    boolean again = parser.keepAlive() && state == State.BUSY;
    if (again && now < diesAt) {
      state = State.IDLE;
      expectCrossing();
      long idleUntil = loop.lives().idleUntil(now);
      if (idleUntil != Timers.NEVER) {
        loop.timers().set(watch, Math.min(diesAt, idleUntil));
      }
    } else if (again) {
      drop();
    } else {
      leave(now);
    }
    if (answered != null) {
      answered.answered(parser, now);
    }
    parser.kept().release();
  }

  /** Waits for the target to close. */
  private void leave(long now) {
    if (state != State.CLOSED) {
      state = State.LEAVING;
      loop.timers().set(watch, now + LEAVING_NANOS);
    }
    detach();
  }

  private void detach() {
    if (exchange != null) {
      exchange.disconnected();
      exchange = null;
    }
  }

  @Override
  void ended(boolean stillOpen) {
    switch (state) {
      case BUSY -> {
        if (parser.end()) {
          over();
          complete(System.nanoTime());
        } else if (parser.started()) {
          lost(Faults.CUT, false);
        } else {
          boolean crossed = reused && stillOpen && wire().endedBeforeRequest();
          lost(Faults.CLOSED, crossed);
        }
      }
      case IDLE, LEAVING -> {
        detach();
        over();
      }
      case OPENING, CLOSED -> {}
    }
  }

  @Override
  void broken(Throwable cause) {
    switch (state) {
      // Nothing was sent if the write itself failed, so that it can be sent again.
      case BUSY -> lost(Faults.established(cause), reused && writing && !parser.started());
      case IDLE, LEAVING -> drop();
      case OPENING, CLOSED -> {}
    }
  }

  private void lost(Refusal refusal, boolean neverReached) {
    Exchange affected = exchange;
    drop();
    if (affected != null) {
      affected.lost(refusal, neverReached, parser.contentBytes());
    }
  }

  private void drop() {
    detach();
    reset();
  }

  @Override
  public boolean release() {
    Exchange had = exchange;
    exchange = null;
    boolean kept = keeper.released(this);
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
    closeByReset();
    closed();
  }

  /** The target has closed, and so does this side. */
  private void over() {
    close();
    closed();
  }

  private void closed() {
    State was = state;
    state = State.CLOSED;
    loop.timers().forget(watch);
    if (was != State.OPENING && was != State.CLOSED) {
      keeper.gone(this);
    }
  }
}
