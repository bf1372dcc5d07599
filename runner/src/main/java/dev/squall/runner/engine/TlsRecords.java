package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsClient;
import io.netty.buffer.ByteBuf;
import java.io.EOFException;
import java.io.IOException;
import java.nio.ByteBuffer;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import javax.net.ssl.SSLEngineResult.Status;
import javax.net.ssl.SSLException;

/**
 * The TLS records of one connection: the handshake, then what is sent and read. Only its event loop
 * calls it. Records are sealed and opened in buffers of the event loop's, so that a connection
 * holds no more than the beginning of a record that has not come whole.
 */
final class TlsRecords {
  /** Where bytes go. Each call may close these records. */
  interface Ends extends TlsBuffers.Ends {
    /** The handshake is over, well. */
    void agreed(SSLEngine engine);
  }

  private static final ByteBuffer NOTHING = ByteBuffer.allocateDirect(0);

  private final SSLEngine engine;
  private final TlsBuffers buffers;
  private final Ends ends;
  private final TlsBeginning beginning = new TlsBeginning();
  private boolean shaken;
  private boolean closed;

  /** Of a connection that has just been connected. */
  TlsRecords(SSLEngine engine, TlsBuffers buffers, Ends ends) {
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
    if (!closed) {
      engine.beginHandshake();
      follow(engine.getHandshakeStatus());
    }
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

  private SSLEngineResult seal(ByteBuffer plain) throws SSLException {
    return buffers.seal(engine, plain, ends);
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
    ByteBuf record = beginning.complete(in);
    if (record != null) {
      try {
        open(record);
      } finally {
        record.release();
      }
    }
    if (beginning.none() && in.isReadable() && !closed) {
      open(in);
      if (in.isReadable() && !closed) {
        beginning.keep(in);
      }
    }
  }

  /** Opens the whole records there are. */
  private void open(ByteBuf in) throws IOException {
    ByteBuffer records = in.internalNioBuffer(in.readerIndex(), in.readableBytes());
    boolean more = true;
    while (more && !closed) {
      SSLEngineResult result = buffers.open(engine, records, ends);
      in.skipBytes(result.bytesConsumed());
      more = !closed && opensMore(result, in.isReadable());
    }
  }

  private boolean opensMore(SSLEngineResult result, boolean readable) throws IOException {
    boolean ended = result.getStatus() == Status.CLOSED;
    if (ended && !shaken) {
      throw new EOFException("the target has ended TLS in the handshake");
    }
    boolean followed = follow(result.getHandshakeStatus());
    return !ended && (followed || result.bytesConsumed() > 0) && (readable || !shaken);
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
        case NEED_WRAP -> next = afterSaying(seal(NOTHING));
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
  private HandshakeStatus afterSaying(SSLEngineResult said) throws IOException {
    if (said.getStatus() == Status.CLOSED && !shaken) {
      throw new EOFException("TLS was ended in the handshake");
    }
    if (said.bytesProduced() == 0) {
      HandshakeStatus next = said.getHandshakeStatus();
      return next == HandshakeStatus.NEED_WRAP ? HandshakeStatus.NEED_UNWRAP : next;
    }
    // What was sent may be an alert; the error that it is about is told by the next call.
    return shaken && said.getStatus() == Status.OK
        ? HandshakeStatus.NEED_WRAP
        : said.getHandshakeStatus();
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
    if (!closed) {
      closed = true;
      beginning.release();
      TlsClient.release(engine);
    }
  }
}
