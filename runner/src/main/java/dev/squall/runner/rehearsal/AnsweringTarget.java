package dev.squall.runner.rehearsal;

import dev.squall.runner.engine.HttpProtocol;
import dev.squall.runner.engine.tls.TlsServer;
import java.io.Closeable;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.ServerSocketChannel;
import java.nio.channels.SocketChannel;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A target on loopback that gives each request a small 200. Made of the JDK's own channels, so that
 * the compiler sees the engine's classes with no others of their kind.
 */
public final class AnsweringTarget implements Closeable {
  private static final int BACKLOG = 1024;
  private static final Logger LOG = LoggerFactory.getLogger(AnsweringTarget.class);

  /** A client, and what of its requests has come. */
  private record Client(Line line, Requests seen) {}

  private final @Nullable TlsServer tls;
  private final boolean http2;
  private final ServerSocketChannel listener;
  private final Selector selector;
  private final ByteBuffer in = ByteBuffer.allocateDirect(64 * 1024);
  private final LongAdder requests = new LongAdder();
  private final Thread thread;

  /** HTTP/1.1 without TLS; answers at once. */
  public AnsweringTarget() throws IOException {
    this(null, HttpProtocol.HTTP1);
  }

  /**
   * Answers at once.
   *
   * @param tls its TLS, null for none
   * @param protocol what it speaks, and nothing else
   */
  AnsweringTarget(@Nullable TlsServer tls, HttpProtocol protocol) throws IOException {
    this.tls = tls;
    this.http2 = protocol == HttpProtocol.HTTP2;
    selector = Selector.open();
    listener = ServerSocketChannel.open();
    listener.bind(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), BACKLOG);
    listener.configureBlocking(false);
    listener.register(selector, SelectionKey.OP_ACCEPT);
    thread = Thread.ofPlatform().daemon().name("rehearsal-target").start(this::serve);
  }

  /** Where it listens. */
  public int port() {
    return listener.socket().getLocalPort();
  }

  /** How many requests it has answered. */
  public long requests() {
    return requests.sum();
  }

  private void serve() {
    try {
      while (listener.isOpen()) {
        selector.select(
            key -> {
              if (key.isAcceptable()) {
                accept();
              } else {
                read(key);
              }
            });
      }
      selector.keys().forEach(AnsweringTarget::drop);
      selector.close();
    } catch (IOException e) {
      LOG.warn("the rehearsal's target broke", e);
    }
  }

  private void accept() {
    try {
      SocketChannel channel = listener.accept();
      if (channel != null) {
        channel.configureBlocking(false);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        Line line = new Line(channel, tls == null ? null : tls.newEngine());
        channel.register(selector, SelectionKey.OP_READ, new Client(line, newRequests()));
      }
    } catch (IOException e) {
      LOG.debug("not accepted", e);
    }
  }

  private Requests newRequests() {
    return http2 ? new Http2Requests() : new Http1Requests();
  }

  private void read(SelectionKey key) {
    try {
      Client client = (Client) key.attachment();
      in.clear();
      boolean open = client.line().read(in);
      in.flip();
      while (in.hasRemaining()) {
        switch (client.seen().read(in)) {
          case NOTHING -> {}
          case REPLY -> client.line().write(client.seen().answer());
          case ANSWER -> {
            requests.increment();
            client.line().write(client.seen().answer());
          }
        }
      }
      if (!open) {
        drop(key);
      }
    } catch (IOException e) {
      // The engine ends its connections by a reset.
      drop(key);
    }
  }

  private static void drop(SelectionKey key) {
    key.cancel();
    try {
      key.channel().close();
    } catch (IOException e) {
      LOG.debug("not closed", e);
    }
  }

  @Override
  public void close() throws IOException {
    listener.close();
    selector.wakeup();
    try {
      thread.join();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
