package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsClient;
import dev.squall.runner.recording.ConnectionCounts;
import dev.squall.runner.recording.ConnectionStep;
import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.EOFException;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A connection as a socket: how it is established, TLS included, and how it ends. Only its event
 * loop calls it.
 *
 * <p>Who closes first keeps the port in TIME_WAIT, and that must not be the runner: wherever this
 * side has to close first, it resets the connection.
 */
abstract class Dialed extends ChannelInboundHandlerAdapter {
  private enum Stage {
    CONNECTING,
    HANDSHAKING,
    ESTABLISHED,
    CLOSED
  }

  private final Dialer dialer;
  private Stage stage = Stage.CONNECTING;
  private @Nullable SocketChannel socket;
  private String address = "";

  /** When the step began that is under way. */
  private long sinceNanos;

  private long sinceMillis;

  /** Where requests are counted that it carries, and what that belongs to. */
  private ConnectionCounts.@Nullable Address counted;

  private @Nullable ConnectionCounts countedIn;

  Dialed(Dialer dialer) {
    this.dialer = dialer;
  }

  /** Whether it is done with what it read when {@link #channelRead} returns. */
  abstract boolean readsAtOnce();

  /** It can be used. */
  abstract void established();

  /** It could not be established, and is closed. */
  abstract void unestablished(Refusal refusal);

  /**
   * The target has closed its side of an established connection.
   *
   * @param stillOpen whether this side is open still
   */
  abstract void ended(boolean stillOpen);

  /** An established connection broke. */
  abstract void broken(Throwable cause);

  /** Connects; the outcome is told, maybe before this returns. */
  final void open(InetSocketAddress to) {
    SocketChannel opened;
    address = dialer.nameOf(to);
    sinceNanos = System.nanoTime();
    try {
      opened = dialer.socket(this);
    } catch (ChannelException e) {
      failed(Faults.connecting(e.getCause() == null ? e : e.getCause()));
      return;
    }
    socket = opened;
    dialer.connect(opened, to, this::connected);
  }

  private void connected(ChannelFuture outcome) {
    if (stage != Stage.CONNECTING) {
      return;
    }
    Throwable cause = outcome.cause();
    if (cause != null) {
      failed(Faults.connecting(cause));
      return;
    }
    long now = System.nanoTime();
    dialer.counts().took(ConnectionStep.CONNECT, now - sinceNanos);
    dialer.counts().address(address).opened();
    if (dialer.tls()) {
      sinceNanos = now;
      sinceMillis = System.currentTimeMillis();
      stage = Stage.HANDSHAKING;
    } else {
      stage = Stage.ESTABLISHED;
      established();
    }
  }

  private void failed(Refusal refusal) {
    countFailed();
    closeByReset();
    unestablished(refusal);
  }

  private void countFailed() {
    dialer
        .counts()
        .failed(stage == Stage.HANDSHAKING ? ConnectionStep.HANDSHAKE : ConnectionStep.CONNECT);
  }

  /** It is not established in time: counts that, and tells what it is. */
  public final Refusal late() {
    countFailed();
    return stage == Stage.HANDSHAKING ? Faults.TLS_TIMEOUT : Faults.CONNECT_TIMEOUT;
  }

  private void shaken(SslHandler tls) {
    if (!dialer.agreed(tls)) {
      failed(Faults.NOT_AGREED);
      return;
    }
    boolean resumed = TlsClient.resumed(tls, sinceMillis);
    dialer
        .counts()
        .took(
            resumed ? ConnectionStep.RESUMPTION : ConnectionStep.HANDSHAKE,
            System.nanoTime() - sinceNanos);
    stage = Stage.ESTABLISHED;
    established();
  }

  /** It carries a request from here on. */
  final void carries() {
    ConnectionCounts now = dialer.counts();
    ConnectionCounts.Address at = counted;
    if (at == null || countedIn != now) {
      // Once a second: looking an address up for each request would be felt.
      at = now.address(address);
      counted = at;
      countedIn = now;
    }
    at.sent();
  }

  /** Whether it is not established yet. */
  public final boolean connecting() {
    return stage == Stage.CONNECTING || stage == Stage.HANDSHAKING;
  }

  /**
   * Sends a message. Past TLS it goes by Netty's pipeline; without, straight to the socket, and
   * only what that does not take at once to Netty. Errors come to {@link #broken}.
   */
  final void send(ByteBuf message) {
    SocketChannel open = socket();
    if (dialer.tls() || !(open instanceof EpollSocketChannel epoll) || !writes(epoll, message)) {
      var _ = open.writeAndFlush(message, open.voidPromise());
    }
  }

  /** Writes to the socket; whether the message is dealt with and released. */
  private boolean writes(EpollSocketChannel open, ByteBuf message) {
    ChannelOutboundBuffer before = open.unsafe().outboundBuffer();
    if (before == null || !before.isEmpty() || !message.hasMemoryAddress()) {
      return false;
    }
    try {
      int from = message.readerIndex();
      int taken = open.fd().writeAddress(message.memoryAddress(), from, message.writerIndex());
      message.skipBytes(taken);
    } catch (IOException e) {
      message.release();
      broken(e);
      return true;
    }
    if (message.isReadable()) {
      return false;
    }
    message.release();
    return true;
  }

  /** Its socket. */
  final SocketChannel socket() {
    if (socket == null) {
      throw new IllegalStateException("a connection that is not open has no socket");
    }
    return socket;
  }

  @Override
  public final void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      over(true);
    } else if (event instanceof SslHandshakeCompletionEvent handshake
        && stage == Stage.HANDSHAKING) {
      if (handshake.isSuccess()) {
        shaken(ctx.pipeline().get(SslHandler.class));
      } else {
        failed(Faults.handshake(handshake.cause()));
      }
    }
  }

  @Override
  public final void channelInactive(ChannelHandlerContext ctx) {
    over(false);
  }

  private void over(boolean stillOpen) {
    switch (stage) {
      case ESTABLISHED -> ended(stillOpen);
      case HANDSHAKING -> failed(Faults.handshake(new EOFException()));
      // Of a connection that is not established, the connect's own outcome tells.
      case CONNECTING, CLOSED -> {}
    }
  }

  @Override
  public final void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    switch (stage) {
      case ESTABLISHED -> broken(cause);
      case HANDSHAKING -> failed(Faults.handshake(cause));
      case CONNECTING, CLOSED -> {}
    }
  }

  /** Closes at once, by a reset: this side is the first to close, or may be. */
  final void closeByReset() {
    SocketChannel open = socket;
    if (open != null && open.isOpen()) {
      try {
        open.config().setSoLinger(0);
      } catch (ChannelException _) {
        // The target was quicker: the socket is gone already.
      }
    }
    close();
  }

  /** Closes at once: the target has closed its side before. */
  final void close() {
    stage = Stage.CLOSED;
    SocketChannel open = socket;
    if (open != null && open.isOpen()) {
      // Past the pipeline: a TLS handler would first exchange farewells.
      open.unsafe().close(open.voidPromise());
    }
  }
}
