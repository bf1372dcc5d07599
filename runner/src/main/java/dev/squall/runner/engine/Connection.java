package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.recording.FailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelOption;
import org.jspecify.annotations.Nullable;

/**
 * A connection that speaks HTTP/1.1, an {@link Exchange}'s own. Only its event loop calls it.
 *
 * <p>After an answer that announces the close, the target's end is awaited, for a while.
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

  private final UserLoop loop;
  private final ResponseParser parser;
  private final Timers.Timer leaving =
      new Timers.Timer() {
        @Override
        void fire(long nowNanos) {
          reset();
        }
      };
  private State state = State.OPENING;
  private @Nullable Exchange exchange;
  private @Nullable ByteBuf encoded;
  private boolean reused;
  private boolean writing;

  Connection(UserLoop loop, Dialer dialer, Exchange exchange) {
    super(dialer);
    this.loop = loop;
    this.exchange = exchange;
    this.parser = loop.newParser();
  }

  @Override
  boolean readsAtOnce() {
    return true;
  }

  @Override
  void established() {
    state = State.IDLE;
    if (exchange != null) {
      exchange.connected();
    }
  }

  @Override
  void unestablished(Refusal refusal) {
    Exchange affected = exchange;
    reset();
    if (affected != null) {
      affected.connectFailed(refusal);
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
    encoded = loop.encode(request.encoder, draw, captured, browsing);
    parser.begin(request.head, request.needs);
  }

  @Override
  public void write() {
    ByteBuf request = encoded;
    if (request == null) {
      throw new IllegalStateException("nothing is encoded");
    }
    encoded = null;
    state = State.BUSY;
    writing = true;
    send(request);
    writing = false;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    long now = System.nanoTime();
    ByteBuf in = (ByteBuf) message;
    boolean complete = false;
    boolean excess;
    try {
      if (state == State.BUSY) {
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
    if (again) {
      state = State.IDLE;
      if (!reused) {
        // From here on a close can cross a request on its way, and how it came is looked at.
        reused = true;
        socket().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
      }
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
      loop.timers().set(leaving, now + LEAVING_NANOS);
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
          boolean crossed = reused && stillOpen && Sockets.endedBeforeRequest(socket());
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
    return true;
  }

  @Override
  public void reset() {
    exchange = null;
    state = State.CLOSED;
    loop.timers().cancel(leaving);
    closeByReset();
  }

  /** The target has closed, and so does this side. */
  private void over() {
    state = State.CLOSED;
    loop.timers().cancel(leaving);
    close();
  }
}
