package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.ChannelInboundHandlerAdapter;
import io.netty.channel.ChannelOption;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.channel.socket.SocketChannel;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/** A socket as a Netty channel, for HTTP/2, and where there is neither epoll nor io_uring. */
final class NettyWire extends ChannelInboundHandlerAdapter implements Wire {
  private final Dialer dialer;
  private final Owner owner;
  private @Nullable SocketChannel channel;
  private @Nullable ChannelHandlerContext context;

  NettyWire(Dialer dialer, Owner owner) {
    this.dialer = dialer;
    this.owner = owner;
  }

  @Override
  public void connect(InetSocketAddress to) {
    try {
      channel = dialer.channel(this);
    } catch (ChannelException e) {
      owner.unconnected(e.getCause() == null ? e : e.getCause());
      return;
    }
    dialer.connect(channel, to, this::connected);
  }

  private void connected(ChannelFuture outcome) {
    Throwable cause = outcome.cause();
    if (cause == null) {
      owner.connected();
    } else {
      owner.unconnected(cause);
    }
  }

  @Override
  public void reuse() {
    opened().config().setOption(ChannelOption.ALLOW_HALF_CLOSURE, true);
  }

  /**
   * {@inheritDoc}
   *
   * <p>Past TLS it goes by Netty's pipeline; without, straight to the socket, and only what that
   * does not take at once to Netty.
   */
  @Override
  public void send(ByteBuf message) {
    SocketChannel open = opened();
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
      owner.broke(e);
      return true;
    }
    if (message.isReadable()) {
      return false;
    }
    message.release();
    return true;
  }

  /** Whether it takes more without holding back much. */
  boolean writable() {
    return opened().isWritable();
  }

  /** Where Netty's own codecs are told that their bytes come from. */
  ChannelHandlerContext context() {
    if (context == null) {
      throw new IllegalStateException("a wire that was not connected has no context");
    }
    return context;
  }

  @Override
  public boolean endedBeforeRequest() {
    return Sockets.endedBeforeRequest(opened());
  }

  private SocketChannel opened() {
    if (channel == null) {
      throw new IllegalStateException("a wire that was not connected has no socket");
    }
    return channel;
  }

  @Override
  public void handlerAdded(ChannelHandlerContext ctx) {
    context = ctx;
  }

  @Override
  public void channelRead(ChannelHandlerContext ctx, Object message) {
    owner.read((ByteBuf) message);
  }

  @Override
  public void userEventTriggered(ChannelHandlerContext ctx, Object event) {
    if (event instanceof ChannelInputShutdownEvent) {
      owner.over(true);
    } else if (event instanceof SslHandshakeCompletionEvent outcome) {
      shaken(ctx.pipeline().get(SslHandler.class), outcome);
    }
  }

  private void shaken(SslHandler tls, SslHandshakeCompletionEvent outcome) {
    if (outcome.isSuccess()) {
      owner.shaken(tls.engine(), tls.applicationProtocol());
    } else {
      owner.broke(outcome.cause());
    }
  }

  @Override
  public void channelInactive(ChannelHandlerContext ctx) {
    owner.over(false);
  }

  @Override
  public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
    owner.broke(cause);
  }

  @Override
  public void reset() {
    SocketChannel open = channel;
    if (open != null && open.isOpen()) {
      try {
        open.config().setSoLinger(0);
      } catch (ChannelException _) {
        // The target was quicker: the socket is gone already.
      }
    }
    close();
  }

  @Override
  public void close() {
    SocketChannel open = channel;
    if (open != null && open.isOpen()) {
      // Past the pipeline: a TLS handler would first exchange farewells.
      open.unsafe().close(open.voidPromise());
    }
  }
}
