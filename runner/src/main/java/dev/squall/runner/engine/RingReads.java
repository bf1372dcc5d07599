package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.unix.Buffer;
import java.nio.ByteBuffer;

/**
 * Memory that the kernel reads into for all sockets of an event loop on io_uring, by a {@link
 * BufferRing}. It takes a buffer when bytes have come, so that a connection that waits holds none.
 * Only its event loop calls it.
 */
final class RingReads {
  /** What operations name them by; a Netty channel's are in another. */
  static final short GROUP = 1;

  private static final int BUFFERS = 256;

  /**
   * Of a buffer: a whole number of cache lines, and no power of two, with which the beginnings of
   * all would share one place in the processor's caches.
   */
  static final int BYTES = 8_192 + 64;

  private final TimedEventLoop eventLoop;
  private final ByteBuf memory;
  private final long address;
  private final BufferRing ring = BufferRing.register(GROUP, BUFFERS);

  /** Those of an event loop, on its thread, the kernel's from here on. */
  RingReads(TimedEventLoop eventLoop) {
    this.eventLoop = eventLoop;
    // Memory of the garbage collector's, as long as the event loop: nobody has to close it.
    ByteBuffer all = ByteBuffer.allocateDirect(BUFFERS * BYTES);
    this.memory = Unpooled.wrappedBuffer(all);
    this.address = Buffer.memoryAddress(all);
    for (int buffer = 0; buffer < BUFFERS; buffer++) {
      give(buffer);
    }
  }

  private void give(int buffer) {
    ring.give(address + (long) buffer * BYTES, BYTES, buffer);
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
    give(buffer);
    eventLoop.handled();
  }
}
