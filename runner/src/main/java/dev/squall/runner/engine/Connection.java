package dev.squall.runner.engine;

import dev.squall.runner.recording.FailureKind;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * One connection of one user's {@link Exchange}. Only its event loop calls it.
 *
 * <p>Who closes first keeps the port in TIME_WAIT, and that must not be the runner. So after an
 * answer that announces the close, the target's end is awaited, for a while; and wherever this side
 * has to close first, it resets the connection.
 */
final class Connection extends ChannelInboundHandlerAdapter {
  /** How long a target may take to close a connection whose close it has announced. */
  private static final long LEAVING_NANOS = 2_000_000_000L;

  private enum State {
    CONNECTING,
    HANDSHAKING,
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
  private State state = State.CONNECTING;
  private @Nullable Exchange exchange;
  private @Nullable SocketChannel channel;
  private boolean reused;
  private boolean writing;

  Connection(UserLoop loop, Exchange exchange) {
    this.loop = loop;
    this.exchange = exchange;
    this.parser = loop.newParser();
  }

  /** Connects; the exchange hears of the outcome, maybe before this returns. */
  void open(InetSocketAddress address) {
    SocketChannel opened;
    try {
      opened = loop.newChannel();
    } catch (ChannelException e) {
      connectFailed(Faults.connecting(e.getCause() == null ? e : e.getCause()));
      return;
    }
    channel = opened;
    loop.addHandlers(opened, this);
    loop.register(opened)
        .addListener(
            (ChannelFutureListener)
                registered -> {
                  if (registered.isSuccess()) {
                    opened.connect(address).addListener((ChannelFutureListener) this::connected);
                  } else {
                    connected(registered);
                  }
                });
  }

  private void connected(ChannelFuture outcome) {
    if (state != State.CONNECTING) {
      return;
    }
    Throwable cause = outcome.cause();
    if (cause != null) {
      connectFailed(Faults.connecting(cause));
    } else if (loop.tls()) {
      state = State.HANDSHAKING;
    } else {
      ready();
    }
  }

  private void ready() {
    state = State.IDLE;
    if (exchange != null) {
      exchange.connected();
    }
  }

  private void connectFailed(Refusal refusal) {
    Exchange affected = exchange;
    reset();
    if (affected != null) {
      affected.connectFailed(refusal);
    }
  }

  /** Whether it waits for the TLS handshake. */
  boolean handshaking() {
    return state == State.HANDSHAKING;
  }

  /** Whether it is not established yet. */
  boolean connecting() {
    return state == State.CONNECTING || state == State.HANDSHAKING;
  }

  /** Whether a request can be sent now. */
  boolean idle() {
    return state == State.IDLE;
  }

  ResponseParser parser() {
    return parser;
  }

  /** Sends a request, whose answer the exchange will be told of. */
  void send(ByteBuf request, boolean toHead, Needs needs) {
    SocketChannel open = channel;
    if (open == null || state != State.IDLE) {
      request.release();
      throw new IllegalStateException("a connection that is " + state + " cannot send");
    }
    parser.begin(toHead, needs);
    state = State.BUSY;
    writing = true;
    var _ = open.writeAndFlush(request, open.voidPromise());
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
      if (!reused && channel != null) {
        // From here on a close can cross a request on its way, and how it came is looked at.
        reused = true;
        channel.config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
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
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      ended(true);
    } else if (event instanceof SslHandshakeCompletionEvent handshake
        && state == State.HANDSHAKING) {
      if (handshake.isSuccess()) {
        ready();
      } else {
        connectFailed(Faults.handshake(handshake.cause()));
      }
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    ended(false);
  }

  /** The target has closed its side. */
  private void ended(boolean stillOpen) {
    switch (state) {
      case BUSY -> {
        if (parser.end()) {
          state = State.CLOSED;
          close();
          complete(System.nanoTime());
        } else if (parser.started()) {
          lost(Faults.CUT, false);
        } else {
          boolean crossed =
              reused && stillOpen && channel != null && Sockets.endedBeforeRequest(channel);
          lost(Faults.CLOSED, crossed);
        }
      }
      case IDLE, LEAVING -> {
        state = State.CLOSED;
        detach();
        close();
      }
      case HANDSHAKING -> connectFailed(Faults.handshake(new java.io.EOFException()));
      // Of a connection that is not established, the connect's own outcome tells.
      case CONNECTING, CLOSED -> {}
    }
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (state) {
      // Nothing was sent if the write itself failed, so that it can be sent again.
      case BUSY -> lost(Faults.established(cause), reused && writing && !parser.started());
      case HANDSHAKING -> connectFailed(Faults.handshake(cause));
      case IDLE, LEAVING -> drop();
      case CONNECTING, CLOSED -> {}
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

  /** Closes at once, by a reset where this side is the first to close. Tells nobody. */
  void reset() {
    exchange = null;
    state = State.CLOSED;
    SocketChannel open = channel;
    if (open != null && open.isOpen()) {
      try {
        open.config().setSoLinger(0);
      } catch (ChannelException _) {
        // The target was quicker: the socket is gone already.
      }
      close();
    }
  }

  private void close() {
    loop.timers().cancel(leaving);
    SocketChannel open = channel;
    if (open != null) {
      // Past the pipeline: a TLS handler would first exchange farewells.
      open.unsafe().close(open.voidPromise());
    }
  }
}
