package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.DefaultMaxMessagesRecvByteBufAllocator;

/**
 * Reads of all connections of an event loop into one buffer, for those that are done with what they
 * read when the call that gives it to them returns.
 */
final class ReusedReads extends DefaultMaxMessagesRecvByteBufAllocator {
  /** Large enough to take what a socket holds in one call, mostly. */
  private static final int READ_BYTES = 65_536;

  /** While a reader still holds the buffer. */
  private static final int MEANWHILE_BYTES = 8_192;

  private final int bytes;
  private final ReusedBuffer buffer;

  ReusedReads() {
    this(READ_BYTES);
  }

  /** With a buffer of another size. */
  ReusedReads(int bytes) {
    this.bytes = bytes;
    this.buffer = new ReusedBuffer(bytes);
  }

  /** An empty buffer for a read, which the caller owns. */
  ByteBuf take(ByteBufAllocator allocator) {
    return buffer.free() ? buffer.take(bytes) : allocator.directBuffer(MEANWHILE_BYTES);
  }

  @Override
  @SuppressWarnings("deprecation") // Netty's own allocators extend it too
  public Handle newHandle() {
    return new MaxMessageHandle() {
      @Override
      public ByteBuf allocate(ByteBufAllocator allocator) {
        return take(allocator);
      }

      @Override
      public int guess() {
        return bytes;
      }
    };
  }
}
