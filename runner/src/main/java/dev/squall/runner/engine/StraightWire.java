package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.channel.ChannelException;
import io.netty.channel.epoll.LinuxSocket;
import io.netty.channel.unix.FileDescriptor;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Inet6Address;
import java.net.InetSocketAddress;
import org.jspecify.annotations.Nullable;

/**
 * A socket straight on an event loop, without a Netty channel: what is the same whether epoll or
 * io_uring tells of it. Requests are sent by a call of their own, right after they are stamped.
 */
abstract class StraightWire implements Wire {
  final TimedEventLoop eventLoop;
  final Owner owner;
  private final Unsent unsent = new Unsent();
  private @Nullable LinuxSocket socket;
  private boolean connecting = true;

  StraightWire(TimedEventLoop eventLoop, Owner owner) {
    this.eventLoop = eventLoop;
    this.owner = owner;
  }

  /**
   * Has the event loop tell of the socket.
   *
   * @param connected whether it is connected already; else it tells of that too
   */
  abstract void attach(boolean connected);

  /** Has the event loop tell of room to write, which there is not. */
  abstract void awaitRoom();

  /** Nothing waits to be sent any more. */
  abstract void allSent();

  /** The socket is about to be closed. */
  abstract void closing();

  /** The socket has just been closed. */
  abstract void closed();

  @Override
  public final void connect(InetSocketAddress to) {
    boolean connected;
    try {
      LinuxSocket opened = LinuxSocket.newSocketStream(to.getAddress() instanceof Inet6Address);
      socket = opened;
      opened.setTcpNoDelay(true);
      connected = opened.connect(to);
      // Not before: epoll tells of a socket that does not even connect as of one that is closed.
      attach(connected);
    } catch (IOException e) {
      owner.unconnected(e);
      return;
    } catch (ChannelException | UncheckedIOException e) {
      owner.unconnected(e.getCause() == null ? e : e.getCause());
      return;
    }
    if (connected) {
      established();
    }
  }

  /** Whether it is not connected yet. */
  final boolean connecting() {
    return connecting;
  }

  /**
   * The event loop tells that connecting is over.
   *
   * @param failed whether there is an error to be asked for
   */
  final void finishConnect(boolean failed) {
    if (failed) {
      try {
        opened().finishConnect();
      } catch (IOException e) {
        owner.unconnected(e);
        return;
      }
    }
    established();
  }

  /** It is connected. */
  void established() {
    connecting = false;
    owner.connected();
  }

  /** Whether nothing waits to be sent. */
  final boolean sentAll() {
    return unsent.none();
  }

  @Override
  public final void send(ByteBuf message) {
    boolean first = unsent.none();
    unsent.add(message);
    if (!first) {
      return;
    }
    try {
      sendOn();
    } catch (IOException e) {
      unsent.discard();
      owner.broke(e);
    }
  }

  /** Sends what waits, as far as the socket takes it. */
  final void sendOn() throws IOException {
    unsent.send(opened());
    if (unsent.none()) {
      allSent();
    } else {
      awaitRoom();
    }
  }

  @Override
  public final boolean endedBeforeRequest() {
    try {
      return TcpInfo.of(opened()).unserved();
    } catch (IOException _) {
      return false;
    }
  }

  @Override
  public final void reset() {
    LinuxSocket open = socket;
    if (open != null && open.isOpen()) {
      try {
        open.setSoLinger(0);
      } catch (IOException _) {
        // The target was quicker.
      }
      close();
    }
  }

  @Override
  public final void close() {
    LinuxSocket open = socket;
    if (open == null || !open.isOpen()) {
      return;
    }
    closing();
    try {
      open.close();
    } catch (IOException _) {
      // It is closed all the same.
    }
    closed();
    unsent.discard();
  }

  /** The socket's number. */
  public final FileDescriptor fd() {
    return opened();
  }

  final LinuxSocket opened() {
    if (socket == null) {
      throw new IllegalStateException("a wire that was not connected has no socket");
    }
    return socket;
  }
}
