package dev.squall.runner.engine;

import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Errors;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;
import java.io.IOException;
import org.jspecify.annotations.Nullable;

/**
 * A socket straight on an event loop's io_uring, without a Netty channel (docs/adr/0008).
 *
 * <p>One operation reads for as long as the connection lives: the kernel puts what comes into the
 * event loop's {@link RingReads}, without a call for each. A request is sent by a call of its own,
 * right after it is stamped, and not queued for the ring.
 *
 * <p>Operations hold the socket: it is closed once they are cancelled, at the end of the loop's
 * turn, though its number is free at once. None of them holds memory but what the kernel reads
 * into, and that lives as long as the event loop. What they complete with comes by the
 * registration's own number, which is not used again, so that a closed socket's is nobody else's.
 */
final class RingWire extends StraightWire implements IoUringIoHandle {
  // As in linux/io_uring.h and poll.h.
  private static final byte OP_POLL_ADD = 6;
  private static final byte OP_ASYNC_CANCEL = 14;
  private static final byte OP_RECV = 27;
  private static final byte SELECT_BUFFER = 1 << 5;
  private static final short MULTISHOT = 1 << 1;
  private static final int HAS_BUFFER = 1;
  private static final int HAS_MORE = 1 << 1;
  private static final int BUFFER_SHIFT = 16;
  private static final int POLLOUT = 4;
  private static final int POLLERR = 8;
  private static final int NO_BUFFERS = -105;
  private static final int AGAIN = Errors.ERRNO_EAGAIN_NEGATIVE;

  private final RingReads reads;
  private @Nullable IoRegistration registration;

  /** The operations under way: that reads, and that waits for room to write; 0 for none. */
  private long reading;

  private long waiting;

  RingWire(TimedEventLoop eventLoop, Owner owner) {
    super(eventLoop, owner);
    this.reads = eventLoop.ringReads();
  }

  @Override
  void attach(boolean connected) {
    registration = eventLoop.attach(this);
    if (!connected) {
      awaitRoom();
    }
  }

  @Override
  void established() {
    read();
    super.established();
  }

  @Override
  public void handle(IoRegistration its, IoEvent event) {
    IoUringIoEvent done = (IoUringIoEvent) event;
    try {
      switch (done.opcode()) {
        case OP_RECV -> received(done.res(), done.flags());
        case OP_POLL_ADD -> writable(done.res());
        default -> {} // Cancelled, or too late for it.
      }
    } catch (IOException | RuntimeException e) {
      owner.broke(e);
    }
  }

  private void writable(int result) throws IOException {
    waiting = 0;
    if (!opened().isOpen()) {
      return;
    }
    if (connecting()) {
      finishConnect(result < 0 || (result & POLLERR) != 0);
    } else {
      sendOn();
    }
  }

  private void received(int result, int flags) throws IOException {
    if ((flags & HAS_MORE) == 0) {
      reading = 0;
    }
    if ((flags & HAS_BUFFER) != 0) {
      deliver(flags >>> BUFFER_SHIFT, result);
    }
    if (!opened().isOpen()) {
      return;
    }
    if (result == 0) {
      owner.over(true);
    } else if (result < 0 && result != NO_BUFFERS && result != AGAIN) {
      throw Errors.newIOException("recv", result);
    } else if (reading == 0) {
      read();
    }
  }

  private void deliver(int buffer, int bytes) {
    try {
      if (bytes > 0 && opened().isOpen()) {
        owner.read(reads.take(buffer, bytes));
      }
    } finally {
      reads.giveBack(buffer);
    }
  }

  private void read() {
    reading = submit(OP_RECV, SELECT_BUFFER, MULTISHOT, opened().intValue(), 0, 0, RingReads.GROUP);
  }

  @Override
  void awaitRoom() {
    if (waiting == 0) {
      waiting =
          submit(OP_POLL_ADD, (byte) 0, (short) 0, opened().intValue(), 0, POLLOUT, (short) 0);
    }
  }

  private long submit(
      byte op, byte flags, short priority, int fd, long address, int opFlags, short group) {
    return registration == null
        ? 0
        : registration.submit(
            new IoUringIoOps(
                op, flags, priority, fd, 0, address, 0, opFlags, 0L, group, (short) 0, 0, 0));
  }

  @Override
  public void reuse() {
    // It reads in any case.
  }

  @Override
  void allSent() {
    // The operation that waited for room is over.
  }

  @Override
  void closing() {
    if (registration != null) {
      cancel(reading);
      cancel(waiting);
      // It hears of those all the same, and is forgotten after the last.
      registration.cancel();
    }
  }

  @Override
  void closed() {
    // All was said before, while its number was its own.
  }

  private void cancel(long operation) {
    if (operation != 0) {
      submit(OP_ASYNC_CANCEL, (byte) 0, (short) 0, -1, operation, 0, (short) 0);
    }
  }
}
