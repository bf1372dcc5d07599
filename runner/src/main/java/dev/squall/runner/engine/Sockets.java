package dev.squall.runner.engine;

import io.netty.channel.ChannelException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import java.util.Locale;

/** How sockets are driven on this machine. */
enum Sockets {
  EPOLL,
  NIO;

  private static final int TCP_CLOSE = 7;

  /** The transport asked for, or the best there is. */
  static Sockets of(EngineOptions.Transport asked) {
    return switch (asked) {
      case AUTO -> Epoll.isAvailable() ? EPOLL : NIO;
      case EPOLL -> {
        Epoll.ensureAvailability();
        yield EPOLL;
      }
      case NIO -> NIO;
    };
  }

  /** As it stands in the log and the summary. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  IoHandlerFactory handlers() {
    return this == EPOLL ? EpollIoHandler.newFactory() : NioIoHandler.newFactory();
  }

  SocketChannel channel() {
    return this == EPOLL ? new EpollSocketChannel() : new NioSocketChannel();
  }

  /**
   * Whether the target, which has ended its side of a connection without answering, did so before
   * the request reached it. Epoll knows: then the request is unacknowledged, or was answered by a
   * reset. NIO does not, and assumes it.
   */
  static boolean endedBeforeRequest(SocketChannel channel) {
    if (!(channel instanceof EpollSocketChannel epoll)) {
      return true;
    }
    try {
      var info = epoll.tcpInfo();
      return info.unacked() > 0 || info.state() == TCP_CLOSE;
    } catch (ChannelException _) {
      return false;
    }
  }
}
