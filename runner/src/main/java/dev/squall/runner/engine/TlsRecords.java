package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsClient;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.PooledByteBufAllocator;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;
import org.jspecify.annotations.Nullable;

/**
 * The TLS records of one connection: the handshake, then what is sent and read. Only its event loop
 * calls it. Records are sealed and opened in buffers of the event loop's, so that a connection
 * holds no more than the beginning of a record that has not come whole.
 */
final class TlsRecords {
  /** Where bytes go. Each call may close these records. */
  interface Ends {
    /** Sends sealed bytes, and releases them. */
    void transmit(ByteBuf sealed);

    /** Takes opened bytes, and releases them before it returns. */
    void opened(ByteBuf plain);

    /** The handshake is over, well. */
    void agreed(SSLEngine engine);
  }

  /** Buffers of one event loop, each more than the longest record. */
  static final class Buffers {
    private static final int BYTES = 65_536;

    private final ReusedBuffer sealed = new ReusedBuffer(BYTES);
    private final ReusedBuffer plain = new ReusedBuffer(BYTES);
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);
  private static final int HEADER_BYTES = 5;

  /** Room for one more record: 2^14 bytes and, with a margin, what TLS adds (RFC 8446, 5.2). */
  private static final int RECORD_BYTES = 16_384 + 2_048;

  private final SSLEngine engine;
  private final Buffers buffers;
  private final Ends ends;
  private @Nullable ByteBuf partial;
  private boolean shaken;
  private boolean closed;

  /** Of a connection that has just been connected. */
  TlsRecords(SSLEngine engine, Buffers buffers, Ends ends) {
    this.engine = engine;
    this.buffers = buffers;
    this.ends = ends;
  }

  /**
   * Begins the handshake.
   *
   * @throws IOException if it cannot go on
   */
  void begin() throws IOException {
    if (closed) {
      return;
    }
    engine.beginHandshake();
    follow(engine.getHandshakeStatus());
  }

  /**
   * Sends a message in records of its own.
   *
   * @throws IOException if it cannot be sent
   */
  void send(ByteBuf message) throws IOException {
    ByteBuffer plain = message.internalNioBuffer(message.readerIndex(), message.readableBytes());
    while (plain.hasRemaining() && !closed) {
      SSLEngineResult sealed = seal(plain);
      if (sealed.bytesConsumed() == 0 && sealed.bytesProduced() == 0) {
        throw new EOFException("TLS takes nothing to send: " + sealed.getStatus());
      }
    }
  }

  /** Seals as much as there is room for in a buffer, and sends it. */
  private SSLEngineResult seal(ByteBuffer plain) throws SSLException {
    ByteBuf sealed = buffers.sealed.take(Buffers.BYTES);
    int produced = 0;
    SSLEngineResult result;
    try {
      ByteBuffer out = sealed.internalNioBuffer(0, sealed.capacity());
      int from = out.position();
      do {
        result = engine.wrap(plain, out);
      } while (result.bytesConsumed() > 0
          && plain.hasRemaining()
          && out.remaining() >= RECORD_BYTES);
      produced = out.position() - from;
    } finally {
      if (produced == 0) {
        sealed.release();
      }
    }
    if (produced > 0) {
      ends.transmit(sealed.writerIndex(produced));
    }
    return result;
  }

  /**
   * Takes what came from the target; the caller releases it.
   *
   * @throws IOException if TLS has failed
   */
  void read(ByteBuf in) throws IOException {
    try {
      take(in);
    } catch (SSLException e) {
      sayWhy();
      throw e;
    }
  }

  /** Sends the alert about what has just failed, if there is one. */
  private void sayWhy() {
    try {
      if (!closed) {
        seal(NOTHING);
      }
    } catch (SSLException _) {
      // Nothing more can be said.
    }
  }

  private void take(ByteBuf in) throws IOException {
    ByteBuf begun = partial;
    if (begun != null && completes(begun, in)) {
      partial = null;
      try {
        open(begun);
      } finally {
        begun.release();
      }
    }
    if (partial == null && in.isReadable() && !closed) {
      open(in);
      if (in.isReadable() && !closed) {
        partial = PooledByteBufAllocator.DEFAULT.directBuffer(in.readableBytes()).writeBytes(in);
      }
    }
  }

  /** Adds to a record's beginning what it lacks, not more; whether it is whole then. */
  private static boolean completes(ByteBuf begun, ByteBuf in) {
    add(begun, in, HEADER_BYTES);
    if (begun.readableBytes() < HEADER_BYTES) {
      return false;
    }
    int length = HEADER_BYTES + begun.getUnsignedShort(begun.readerIndex() + 3);
    add(begun, in, length);
    return begun.readableBytes() >= length;
  }

  private static void add(ByteBuf begun, ByteBuf in, int length) {
    int lacks = length - begun.readableBytes();
    if (lacks > 0) {
      begun.writeBytes(in, Math.min(lacks, in.readableBytes()));
    }
  }

  /** Opens the whole records there are. */
  private void open(ByteBuf in) throws IOException {
    ByteBuffer sealed = in.internalNioBuffer(in.readerIndex(), in.readableBytes());
    boolean more = true;
    while (more && !closed) {
      ByteBuf plain = buffers.plain.take(Buffers.BYTES);
      int produced = 0;
      SSLEngineResult result;
      try {
        result = engine.unwrap(sealed, plain.internalNioBuffer(0, plain.capacity()));
        produced = result.bytesProduced();
      } finally {
        if (produced == 0) {
          plain.release();
        }
      }
      in.skipBytes(result.bytesConsumed());
      if (produced > 0) {
        ends.opened(plain.writerIndex(produced));
      }
      more = !closed && opensMore(result, in.isReadable());
    }
  }

  private boolean opensMore(SSLEngineResult result, boolean readable) throws IOException {
    switch (result.getStatus()) {
      case BUFFER_OVERFLOW ->
          throw new SSLException("a record is longer than " + Buffers.BYTES + " bytes");
      case CLOSED -> {
        if (!shaken) {
          throw new EOFException("the target has ended TLS in the handshake");
        }
        follow(result.getHandshakeStatus());
        return false;
      }
      case OK, BUFFER_UNDERFLOW -> {
        boolean followed = follow(result.getHandshakeStatus());
        return (followed || result.bytesConsumed() > 0) && (readable || !shaken);
      }
    }
    throw new AssertionError(result);
  }

  /**
   * Does what TLS needs next, up to where it needs the target.
   *
   * @return whether that was anything
   */
  private boolean follow(HandshakeStatus needs) throws IOException {
    HandshakeStatus next = needs;
    boolean did = false;
    while (!closed) {
      switch (next) {
        case NEED_TASK -> {
          runTasks();
          next = engine.getHandshakeStatus();
        }
        case NEED_WRAP -> next = farewellOrFlight(seal(NOTHING));
        case FINISHED, NOT_HANDSHAKING -> {
          if (!shaken) {
            shaken = true;
            ends.agreed(engine);
          }
          return did;
        }
        case NEED_UNWRAP, NEED_UNWRAP_AGAIN -> {
          return did;
        }
      }
      did = true;
    }
    return did;
  }

  /** What is needed after something of TLS's own was sent. */
  private HandshakeStatus farewellOrFlight(SSLEngineResult sent) throws IOException {
    if (sent.getStatus() == Status.CLOSED && !shaken) {
      throw new EOFException("TLS was ended in the handshake");
    }
    if (sent.bytesProduced() == 0) {
      HandshakeStatus next = sent.getHandshakeStatus();
      return next == HandshakeStatus.NEED_WRAP ? HandshakeStatus.NEED_UNWRAP : next;
    }
    // What was sent may be an alert; the error that it is about is told by the next call.
    return shaken && sent.getStatus() == Status.OK
        ? HandshakeStatus.NEED_WRAP
        : sent.getHandshakeStatus();
  }

  private void runTasks() {
    for (Runnable task = engine.getDelegatedTask();
        task != null;
        task = engine.getDelegatedTask()) {
      task.run();
    }
  }

  /** Ends it, without a word to the target. */
  void close() {
    if (closed) {
      return;
    }
    closed = true;
    if (partial != null) {
      partial.release();
      partial = null;
    }
    TlsClient.release(engine);
  }
}
