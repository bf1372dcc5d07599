package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import org.jspecify.annotations.Nullable;

/** The beginning of a TLS record whose rest has not come. Only its event loop calls it. */
final class TlsBeginning {
  private static final int HEADER_BYTES = 5;
  private static final int LENGTH_AT = 3;

  private @Nullable ByteBuf begun;

  /** Whether there is none. */
  boolean none() {
    return begun == null;
  }

  /** Keeps what is left of what came. */
  void keep(ByteBuf in) {
    begun = PooledByteBufAllocator.DEFAULT.directBuffer(in.readableBytes()).writeBytes(in);
  }

  /**
   * Adds what the record lacks of what came, and not more.
   *
   * @return the whole record, the caller's now; null if there is none
   */
  @Nullable ByteBuf complete(ByteBuf in) {
    ByteBuf record = begun;
    if (record == null) {
      return null;
    }
    add(record, in, HEADER_BYTES);
    if (record.readableBytes() < HEADER_BYTES) {
      return null;
    }
    int length = HEADER_BYTES + record.getUnsignedShort(record.readerIndex() + LENGTH_AT);
    add(record, in, length);
    if (record.readableBytes() < length) {
      return null;
    }
    begun = null;
    return record;
  }

  private static void add(ByteBuf record, ByteBuf in, int length) {
    int lacks = length - record.readableBytes();
    if (lacks > 0) {
      record.writeBytes(in, Math.min(lacks, in.readableBytes()));
    }
  }

  /** Forgets it. */
  void release() {
    if (begun != null) {
      begun.release();
      begun = null;
    }
  }
}
