package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.Unpooled;
import java.nio.ByteBuffer;

/**
 * A direct buffer that an event loop uses again and again, for what is nearly always done with by
 * the time the next is wanted. It stays warm in the processor's cache, which an allocator's buffers
 * do not, and costs no connection any memory. Only its event loop calls it.
 */
final class ReusedBuffer {
  private final ByteBuf buffer;

  /**
   * Not in use.
   *
   * @param capacity bytes
   */
  ReusedBuffer(int capacity) {
    // Memory of the garbage collector's: nobody has to close it.
    buffer = Unpooled.wrappedBuffer(ByteBuffer.allocateDirect(capacity)).clear();
  }

  /** Whether nobody holds it. */
  boolean free() {
    return buffer.refCnt() == 1;
  }

  /** An empty buffer that the caller owns: this one if it is free and large enough. */
  ByteBuf take(int bytes) {
    return free() && bytes <= buffer.capacity()
        ? buffer.clear().retain()
        : PooledByteBufAllocator.DEFAULT.directBuffer(bytes);
  }
}
