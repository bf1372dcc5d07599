package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLException;

/**
 * Buffers in which one event loop seals and opens the TLS records of all its connections, which
 * alone calls it. Each is more than the longest record.
 */
final class TlsBuffers {
  /** Where bytes go. */
  interface Ends {
    /** Sends sealed bytes, and releases them. */
    void transmit(ByteBuf sealed);

    /** Takes opened bytes, and releases them before it returns. */
    void opened(ByteBuf plain);
  }

  private static final int BYTES = 65_536;

  /** Room for one more record: 2^14 bytes and, with a margin, what TLS adds (RFC 8446, 5.2). */
  private static final int RECORD_BYTES = 16_384 + 2_048;

  private final ReusedBuffer sealed = new ReusedBuffer(BYTES);
  private final ReusedBuffer plain = new ReusedBuffer(BYTES);

  /**
   * Seals as much as there is room for, and has it sent.
   *
   * @return what the engine said last
   */
  SSLEngineResult seal(SSLEngine engine, ByteBuffer message, Ends to) throws SSLException {
    ByteBuf out = sealed.take(BYTES);
    int produced = 0;
    SSLEngineResult result;
    try {
      ByteBuffer room = out.internalNioBuffer(0, out.capacity());
      int from = room.position();
      do {
        result = engine.wrap(message, room);
      } while (result.bytesConsumed() > 0
          && message.hasRemaining()
          && room.remaining() >= RECORD_BYTES);
      produced = room.position() - from;
    } finally {
      if (produced == 0) {
        out.release();
      }
    }
    if (produced > 0) {
      to.transmit(out.writerIndex(produced));
    }
    return result;
  }

  /** Opens the next record, if it is there and whole, and has it read. */
  SSLEngineResult open(SSLEngine engine, ByteBuffer records, Ends to) throws SSLException {
    ByteBuf out = plain.take(BYTES);
    int produced = 0;
    SSLEngineResult result;
    try {
      result = engine.unwrap(records, out.internalNioBuffer(0, out.capacity()));
      produced = result.bytesProduced();
    } finally {
      if (produced == 0) {
        out.release();
      }
    }
    if (produced > 0) {
      to.opened(out.writerIndex(produced));
    }
    if (result.getStatus() == SSLEngineResult.Status.BUFFER_OVERFLOW) {
      throw new SSLException("a record is longer than " + BYTES + " bytes");
    }
    return result;
  }
}
