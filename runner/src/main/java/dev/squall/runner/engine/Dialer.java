package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsClient;
import dev.squall.runner.recording.ConnectionCounts;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.ChannelException;
import io.netty.channel.ChannelFutureListener;
import io.netty.channel.ChannelOption;
import io.netty.channel.socket.SocketChannel;
import io.netty.util.NetUtil;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Makes sockets for connections to the target on one event loop, which alone calls it. */
final class Dialer {
  private final TimedEventLoop eventLoop;
  private final Supplier<SocketChannel> sockets;
  private final @Nullable TlsClient tls;
  private final boolean http2;

  /** Whether HTTP/1.1 goes straight to epoll, without a Netty channel. */
  private final boolean straightToEpoll;

  /** Whether it goes straight to io_uring. */
  private final boolean straightToRing;

  private final ReusedReads reads = new ReusedReads();
  private final @Nullable TlsBuffers tlsBuffers;
  private final Map<InetSocketAddress, String> names = new HashMap<>();
  private ConnectionCounts counts = new ConnectionCounts();

  /**
   * For one event loop.
   *
   * @param sockets makes one that is not connected yet
   * @param tls what connections begin with, null for nothing
   * @param http2 whether they speak HTTP/2, which is agreed on with TLS
   */
  Dialer(
      TimedEventLoop eventLoop,
      Supplier<SocketChannel> sockets,
      @Nullable TlsClient tls,
      boolean http2) {
    this.eventLoop = eventLoop;
    this.sockets = sockets;
    this.tls = tls;
    this.tlsBuffers = tls == null ? null : new TlsBuffers();
    this.http2 = http2;
    this.straightToEpoll = eventLoop.isCompatible(EpollWire.class);
    this.straightToRing = eventLoop.isCompatible(RingWire.class);
  }

  /** What opening connections took, and what went where, from now on. */
  void countIn(ConnectionCounts into) {
    counts = into;
  }

  /** Where connections are counted now. */
  ConnectionCounts counts() {
    return counts;
  }

  /** An address and its port as they stand in the result. */
  String nameOf(InetSocketAddress address) {
    String known = names.get(address);
    if (known != null) {
      return known;
    }
    if (names.size() >= ConnectionCounts.MOST_ADDRESSES) {
      // They come and go; those there now are soon here again.
      names.clear();
    }
    String name = NetUtil.toSocketAddressString(address);
    names.put(address, name);
    return name;
  }

  /**
   * Whether a handshake has agreed on what connections are to speak.
   *
   * @param protocol by ALPN, null if nothing
   */
  boolean agreed(@Nullable String protocol) {
    return !http2 || TlsClient.HTTP2.equals(protocol);
  }

  /** Whether a connection begins with a TLS handshake. */
  boolean tls() {
    return tls != null;
  }

  /** What carries bytes of HTTP/1.1 to the target. */
  Wire wire(Wire.Owner owner) {
    if (!straightToEpoll && !straightToRing) {
      return channelWire(owner);
    }
    return tls == null || tlsBuffers == null
        ? straightWire(owner)
        : new TlsWire(tls, tlsBuffers, this::straightWire, owner);
  }

  private Wire straightWire(Wire.Owner owner) {
    return straightToEpoll
        ? new EpollWire(eventLoop, reads, owner)
        : new RingWire(eventLoop, owner);
  }

  /** The same as a Netty channel, which Netty's codecs need. */
  NettyWire channelWire(Wire.Owner owner) {
    return new NettyWire(this, owner);
  }

  /**
   * A socket that is not connected yet. Netty sets TCP_NODELAY.
   *
   * @param reader who hears of it
   * @throws ChannelException if there is none to be had
   */
  SocketChannel channel(NettyWire reader) {
    SocketChannel channel = sockets.get();
    // TLS keeps no more than a record's beginning, which it copies when more comes.
    channel.config().setAllocator(PooledByteBufAllocator.DEFAULT).setRecvByteBufAllocator(reads);
    // The exchange's own timer watches connect and handshake.
    channel.config().setOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, 0);
    if (tls != null) {
      channel.pipeline().addLast(tls.newHandler(channel.alloc()));
    }
    channel.pipeline().addLast(reader);
    return channel;
  }

  /** Connects a socket. */
  void connect(SocketChannel socket, InetSocketAddress address, ChannelFutureListener outcome) {
    eventLoop
        .register(socket)
        .addListener(
            (ChannelFutureListener)
                registered -> {
                  if (registered.isSuccess()) {
                    socket.connect(address).addListener(outcome);
                  } else {
                    outcome.operationComplete(registered);
                  }
                });
  }
}
