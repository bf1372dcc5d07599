package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.IoEvent;
import io.netty.channel.IoRegistration;
import io.netty.channel.unix.Buffer;
import io.netty.channel.uring.IoUringIoEvent;
import io.netty.channel.uring.IoUringIoHandle;
import io.netty.channel.uring.IoUringIoOps;
import java.nio.ByteBuffer;
import org.jspecify.annotations.Nullable;

/**
 * Memory that the kernel reads into for all sockets of an event loop on io_uring
 * (IORING_OP_PROVIDE_BUFFERS). It takes a buffer when bytes have come, so that a connection that
 * waits holds none. Only its event loop calls it.
 *
 * <p>Buffers go back to the kernel in batches, each when all of it is done with: one operation,
 * made once, for as many reads.
 */
final class RingReads implements IoUringIoHandle {
  /** What operations name them by; a Netty channel's are in another. */
  static final short GROUP = 1;

  private static final byte PROVIDE_BUFFERS = 31;
  private static final int BATCH = 16;
  private static final int BATCHES = 16;

  /**
   * Of a buffer: a whole number of cache lines, and no power of two, with which the beginnings of
   * all would share one place in the processor's caches.
   */
  static final int BYTES = 8_192 + 64;

  private final TimedEventLoop eventLoop;
  private final ByteBuf memory;
  private final IoUringIoOps[] provisions = new IoUringIoOps[BATCHES];

  /** How many of each batch are done with. */
  private final int[] done = new int[BATCHES];

  private @Nullable IoRegistration registration;

  private RingReads(TimedEventLoop eventLoop) {
    this.eventLoop = eventLoop;
    // Memory of the garbage collector's, as long as the event loop: nobody has to close it.
    ByteBuffer all = ByteBuffer.allocateDirect(BATCHES * BATCH * BYTES);
    this.memory = Unpooled.wrappedBuffer(all);
    long address = Buffer.memoryAddress(all);
    for (int batch = 0; batch < BATCHES; batch++) {
      int first = batch * BATCH;
      provisions[batch] = provision(first, address + (long) first * BYTES);
    }
  }

  private static IoUringIoOps provision(int first, long address) {
    return new IoUringIoOps(
        PROVIDE_BUFFERS,
        (byte) 0,
        (short) 0,
        BATCH,
        first,
        address,
        BYTES,
        0,
        (long) first,
        GROUP,
        (short) 0,
        0,
        0);
  }

  /** Those of an event loop, the kernel's from here on. */
  static RingReads of(TimedEventLoop eventLoop) {
    RingReads reads = new RingReads(eventLoop);
    IoRegistration registration = eventLoop.attach(reads);
    reads.registration = registration;
    for (IoUringIoOps provision : reads.provisions) {
      registration.submit(provision);
    }
    return reads;
  }

  /**
   * What the kernel has read into a buffer, which the caller owns until it gives it back.
   *
   * @param buffer its number
   * @param bytes how much it has read
   */
  ByteBuf take(int buffer, int bytes) {
    int from = buffer * BYTES;
    return memory.setIndex(from, from + bytes).retain();
  }

  /** Gives a buffer back, which nobody reads any more. */
  void giveBack(int buffer) {
    if (memory.refCnt() != 1) {
      throw new IllegalStateException("what was read is still held");
    }
    int batch = buffer / BATCH;
    if (++done[batch] < BATCH) {
      return;
    }
    done[batch] = 0;
    if (registration != null) {
      registration.submit(provisions[batch]);
    }
    eventLoop.handled(BATCH);
  }

  @Override
  public void handle(IoRegistration its, IoEvent event) {
    int result = ((IoUringIoEvent) event).res();
    if (result < 0) {
      throw new IllegalStateException("the kernel takes no buffers for reading: error " + -result);
    }
  }

  @Override
  public void close() {
    if (registration != null) {
      registration.cancel();
    }
  }
}
