package dev.squall.runner.engine;

import dev.squall.runner.engine.EngineOptions.Transport;
import io.netty.channel.ChannelException;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.SocketChannel;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.channel.uring.IoUring;
import io.netty.channel.uring.IoUringSocketChannel;
import io.netty.util.concurrent.DefaultThreadFactory;
import java.util.Locale;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** How sockets are driven on this machine. */
enum Sockets {
  IO_URING,
  EPOLL,
  NIO;

  /** Tried once for the process, and only where it is asked for. */
  private static final class Ring {
    /** Why there is no io_uring, null if there is. */
    static final @Nullable String REFUSAL = noRing();
  }

  private static final Pattern VERSION = Pattern.compile("([0-9]{1,4})\\.([0-9]{1,4})");

  /**
   * What was chosen.
   *
   * @param sockets the transport
   * @param reason why not the one asked for, or no better one, null if it is
   */
  record Choice(Sockets sockets, @Nullable String reason) {}

  /** The transport asked for, or the best there is here. */
  static Choice of(Transport asked) {
    return switch (asked) {
      case AUTO, EPOLL -> choose(asked, null, Epoll.unavailabilityCause());
      case IO_URING -> choose(asked, Ring.REFUSAL, Epoll.unavailabilityCause());
      case NIO -> new Choice(NIO, null);
    };
  }

  /** Why there is no io_uring; one that does not read by itself is none for us. */
  private static @Nullable String noRing() {
    Throwable cause = IoUring.unavailabilityCause();
    if (cause != null) {
      return why(cause);
    }
    if (!IoUring.isRegisterBufferRingSupported()) {
      return "the kernel registers no rings of buffers";
    }
    if (!readsByItself(System.getProperty("os.version"))) {
      return "the kernel is older than Linux 6.3";
    }
    Throwable refusal = refusal();
    return refusal == null ? null : why(refusal);
  }

  /** Why an event loop cannot read by io_uring, tried on one of its own; null if it can. */
  private static @Nullable Throwable refusal() {
    TimedEventLoop tried =
        new TimedEventLoop(IO_URING, new DefaultThreadFactory("io_uring-tried", true));
    try {
      return tried.submit(tried::ringReads).awaitUninterruptibly().cause();
    } finally {
      tried.shutdownGracefully(0, 0, TimeUnit.SECONDS).awaitUninterruptibly();
    }
  }

  /**
   * Whether one operation reads more than once (IORING_RECV_MULTISHOT), from Linux 6.0 on, into
   * buffers of a ring that is named by its thread (IORING_REGISTER_USE_REGISTERED_RING), from 6.3.
   *
   * @param release of the kernel, as {@code uname -r} has it
   */
  static boolean readsByItself(String release) {
    Matcher version = VERSION.matcher(release);
    if (!version.lookingAt()) {
      return false;
    }
    int major = Integer.parseInt(version.group(1));
    return major > 6 || (major == 6 && Integer.parseInt(version.group(2)) >= 3);
  }

  /**
   * The choice where a transport may be missing.
   *
   * @param ring why there is no io_uring, null if there is
   * @param epoll why there is no epoll, null if there is
   */
  static Choice choose(Transport asked, @Nullable String ring, @Nullable Throwable epoll) {
    if (asked == Transport.IO_URING && ring == null) {
      return new Choice(IO_URING, null);
    }
    String noRing = asked == Transport.IO_URING ? "io_uring cannot be used: " + ring : null;
    if (epoll == null) {
      return new Choice(EPOLL, noRing);
    }
    if (asked == Transport.EPOLL) {
      throw new IllegalStateException("epoll cannot be used: " + why(epoll), epoll);
    }
    String noEpoll = "epoll cannot be used: " + why(epoll);
    return new Choice(NIO, noRing == null ? noEpoll : noRing + "; " + noEpoll);
  }

  /** The message of what is at the bottom of it: native libraries fail to load by way of others. */
  static String why(Throwable cause) {
    Throwable deepest = cause;
    while (deepest.getCause() != null) {
      deepest = deepest.getCause();
    }
    return String.valueOf(deepest.getMessage());
  }

  /** As it stands in the log and the summary. */
  String label() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** What drives an event loop's sockets. */
  IoHandlerFactory handlers() {
    return switch (this) {
      case IO_URING -> Rings.handlers();
      case EPOLL -> EpollIoHandler.newFactory();
      case NIO -> NioIoHandler.newFactory();
    };
  }

  /** A socket that is not connected yet. */
  SocketChannel channel() {
    return switch (this) {
      case IO_URING -> Rings.channel();
      case EPOLL -> new EpollSocketChannel();
      case NIO -> new NioSocketChannel();
    };
  }

  /**
   * Whether the target, which has ended its side of a connection without answering, did so before
   * the request reached it. NIO does not ask the kernel, and assumes it.
   */
  static boolean endedBeforeRequest(SocketChannel channel) {
    try {
      return switch (channel) {
        case EpollSocketChannel epoll -> {
          var info = epoll.tcpInfo();
          yield new TcpInfo(info.unacked(), info.state()).unserved();
        }
        case IoUringSocketChannel ring -> {
          var info = ring.tcpInfo();
          yield new TcpInfo(info.unacked(), info.state()).unserved();
        }
        default -> true;
      };
    } catch (ChannelException _) {
      return false;
    }
  }
}
