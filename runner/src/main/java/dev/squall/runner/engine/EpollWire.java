package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.epoll.EpollIoEvent;
import io.netty.channel.epoll.EpollIoHandle;
import io.netty.channel.epoll.EpollIoOps;
import io.netty.channel.epoll.LinuxSocket;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A socket straight on an event loop's epoll, without a Netty channel: what a channel asks the
 * kernel for beside the bytes themselves (options, addresses, changes of what epoll tells of) is
 * more than half of what a connection for each request costs.
 *
 * <p>Epoll tells of changes only (EPOLLET), so that what it tells of need not be changed itself. So
 * a socket is read until it has no more: a read that does not fill the buffer has taken all.
 */
final class EpollWire extends StraightWire implements EpollIoHandle {
  /** After as many full reads other sockets have their turn. */
  private static final int MOST_READS = 16;

  private static final EpollIoOps READING =
      EpollIoOps.EPOLLIN.with(EpollIoOps.EPOLLRDHUP).with(EpollIoOps.EPOLLET);
  private static final EpollIoOps READING_AND_WRITING = READING.with(EpollIoOps.EPOLLOUT);
  private static final EpollIoOps READABLE = READING.with(EpollIoOps.EPOLLERR);

  private final ReusedReads reads;
  private @Nullable IoRegistration registration;
  private EpollIoOps asked = READING_AND_WRITING;
  private boolean reused;
  private boolean over;

  EpollWire(TimedEventLoop eventLoop, ReusedReads reads, Owner owner) {
    super(eventLoop, owner);
    this.reads = reads;
  }

  @Override
  void attach(boolean connected) {
    registration = eventLoop.attach(this);
    registration.submit(asked);
  }

  @Override
  public void handle(IoRegistration its, IoEvent event) {
    EpollIoOps ready = ((EpollIoEvent) event).ops();
    try {
      if (connecting()) {
        finishConnect(ready.contains(EpollIoOps.EPOLLERR));
      } else if (ready.contains(EpollIoOps.EPOLLOUT)) {
        sendOn();
      }
      if (!connecting() && ready.contains(READABLE)) {
        boolean failed = ready.contains(EpollIoOps.EPOLLERR);
        read(failed, ready.contains(EpollIoOps.EPOLLRDHUP));
      }
    } catch (IOException | RuntimeException e) {
      owner.broke(e);
    }
  }

  /**
   * Reads all there is.
   *
   * @param failed whether an error follows the last byte
   * @param ends whether the end follows the last byte
   */
  private void read(boolean failed, boolean ends) throws IOException {
    LinuxSocket open = opened();
    for (int n = 0; n < MOST_READS && open.isOpen(); n++) {
      ByteBuf in = reads.take(PooledByteBufAllocator.DEFAULT);
      int room = in.writableBytes();
      int count = 0;
      try {
        count = receive(open, in);
      } finally {
        if (count <= 0) {
          in.release();
        }
      }
      if (count > 0) {
        owner.read(in.writerIndex(in.writerIndex() + count));
      }
      if (count < 0 || (ends && !failed && count < room)) {
        if (open.isOpen() && !over) {
          // Epoll may tell of an end twice: that there is something to read, and that it was it.
          over = true;
          owner.over(true);
        }
        return;
      }
      if (count == 0 || (!failed && count < room)) {
        return;
      }
    }
    if (open.isOpen()) {
      // It tells of it again.
      ask(asked);
    }
  }

  private static int receive(LinuxSocket from, ByteBuf in) throws IOException {
    int at = in.writerIndex();
    if (in.hasMemoryAddress()) {
      return from.recvAddress(in.memoryAddress(), at, in.capacity());
    }
    var buffer = in.internalNioBuffer(at, in.writableBytes());
    return from.recv(buffer, buffer.position(), buffer.limit());
  }

  @Override
  public void reuse() {
    reused = true;
    if (sentAll()) {
      ask(READING);
    }
  }

  /** An event that tells of room for writing too is an object of its own, for each read. */
  private void ask(EpollIoOps ops) {
    if (registration != null) {
      asked = ops;
      registration.submit(ops);
    }
  }

  @Override
  void awaitRoom() {
    if (!asked.contains(EpollIoOps.EPOLLOUT)) {
      ask(READING_AND_WRITING);
    }
  }

  @Override
  void allSent() {
    if (reused && asked.contains(EpollIoOps.EPOLLOUT)) {
      ask(READING);
    }
  }

  @Override
  void closing() {
    // Its end ends what epoll tells of it.
  }

  @Override
  void closed() {
    if (registration != null) {
      // Epoll has forgotten it by itself.
      registration.cancel();
    }
  }
}
