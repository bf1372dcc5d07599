package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import java.net.InetSocketAddress;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;

/**
 * A socket that carries a connection's bytes, past TLS if there is any. Only its event loop calls
 * it.
 */
interface Wire {
  /** Whose it is; maybe told before the call returns that led to it. */
  interface Owner {
    /** The socket is connected; a TLS handshake may follow. */
    void connected();

    /** The socket could not be connected. */
    void unconnected(Throwable cause);

    /**
     * The TLS handshake is over, well; one that fails has broken the connection.
     *
     * @param protocol what was agreed on by ALPN, null if nothing
     */
    void shaken(SSLEngine tls, @Nullable String protocol);

    /** Bytes came, which it releases; before it returns, where no Netty channel carries them. */
    void read(ByteBuf in);

    /**
     * The target has closed its side.
     *
     * @param stillOpen whether this side is open still
     */
    void over(boolean stillOpen);

    /** An error of a connected socket, or of TLS. */
    void broke(Throwable cause);
  }

  /** Connects; once. */
  void connect(InetSocketAddress to);

  /**
   * It is there for further requests. From here on a close can cross a request on its way, and how
   * it came can be asked for.
   */
  void reuse();

  /** Sends a message and releases it; what the socket does not take at once is sent later. */
  void send(ByteBuf message);

  /**
   * Whether the target, which has ended its side without answering, did so before the request
   * reached it.
   */
  boolean endedBeforeRequest();

  /** Closes at once, by a reset: this side is the first to close, or may be. */
  void reset();

  /** Closes at once: the target has closed its side before. */
  void close();
}
