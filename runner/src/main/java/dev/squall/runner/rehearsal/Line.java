package dev.squall.runner.rehearsal;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.SocketChannel;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLEngineResult;
import javax.net.ssl.SSLEngineResult.HandshakeStatus;
import org.jspecify.annotations.Nullable;

/** A client's connection to the target, plain or TLS, on the JDK's own channel. */
final class Line {
  private static final ByteBuffer NOTHING = ByteBuffer.allocate(0);

  private final SocketChannel channel;
  private final @Nullable SSLEngine tls;
  private final ByteBuffer sealedIn;
  private final ByteBuffer sealedOut;

  /**
   * For a channel that does not block.
   *
   * @param tls its side of TLS, null for none
   */
  Line(SocketChannel channel, @Nullable SSLEngine tls) {
    this.channel = channel;
    this.tls = tls;
    int record = tls == null ? 0 : tls.getSession().getPacketBufferSize();
    sealedIn = ByteBuffer.allocate(record);
    sealedOut = ByteBuffer.allocate(2 * record);
  }

  /**
   * Reads what there is.
   *
   * @param into empty, and larger than a record of TLS
   * @return whether the client can still send
   */
  boolean read(ByteBuffer into) throws IOException {
    if (tls == null) {
      return channel.read(into) >= 0;
    }
    boolean open = channel.read(sealedIn) >= 0;
    sealedIn.flip();
    open &= opened(tls, into);
    sealedIn.compact();
    return open;
  }

  private boolean opened(SSLEngine engine, ByteBuffer into) throws IOException {
    while (true) {
      SSLEngineResult result = engine.unwrap(sealedIn, into);
      boolean stepped = step(engine, result.getHandshakeStatus());
      switch (result.getStatus()) {
        case OK -> {
          if (!stepped && result.bytesConsumed() == 0 && result.bytesProduced() == 0) {
            return true;
          }
        }
        case BUFFER_UNDERFLOW -> {
          return true;
        }
        case BUFFER_OVERFLOW -> throw new IOException("a record larger than TLS allows");
        case CLOSED -> {
          return false;
        }
      }
    }
  }

  /** Does what the handshake asks for; whether it asked for anything. */
  private boolean step(SSLEngine engine, HandshakeStatus status) throws IOException {
    switch (status) {
      case NEED_TASK -> {
        for (Runnable task = engine.getDelegatedTask();
            task != null;
            task = engine.getDelegatedTask()) {
          task.run();
        }
        return true;
      }
      case NEED_WRAP -> {
        seal(engine, NOTHING);
        return true;
      }
      default -> {
        return false;
      }
    }
  }

  /** Writes all of it. */
  void write(ByteBuffer plain) throws IOException {
    if (tls == null) {
      drain(plain);
    } else {
      seal(tls, plain);
    }
  }

  private void seal(SSLEngine engine, ByteBuffer plain) throws IOException {
    do {
      sealedOut.clear();
      SSLEngineResult result = engine.wrap(plain, sealedOut);
      drain(sealedOut.flip());
      if (result.getStatus() == SSLEngineResult.Status.CLOSED) {
        return;
      }
    } while (plain.hasRemaining() || engine.getHandshakeStatus() == HandshakeStatus.NEED_WRAP);
  }

  private void drain(ByteBuffer bytes) throws IOException {
    while (bytes.hasRemaining()) {
      channel.write(bytes);
    }
  }
}
