package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.epoll.Epoll;
import io.netty.handler.ssl.SslHandler;
import io.netty.handler.ssl.SslHandshakeCompletionEvent;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a socket straight on epoll does at its edges. */
@Timeout(180)
class EpollWireIT {
  /** More than a socket's buffers take. */
  private static final int MUCH = 32 << 20;

  private static final int READ_BYTES = 512;

  /** More than a socket reads in one turn, less than its buffer takes. */
  private static final int WAITING = 40 * READ_BYTES;

  /** What a wire tells, in its order: a word for each. */
  private static final class Told implements Wire.Owner {
    private final BlockingQueue<String> words = new LinkedBlockingQueue<>();
    private final AtomicLong bytes = new AtomicLong();

    @Override
    public void connected() {
      words.add("connected");
    }

    @Override
    public void unconnected(Throwable cause) {
      words.add(Faults.connecting(cause).reason());
    }

    @Override
    public void shaken(SslHandler tls, SslHandshakeCompletionEvent outcome) {
      words.add("shaken");
    }

    @Override
    public void read(ByteBuf in) {
      bytes.addAndGet(in.readableBytes());
      in.release();
    }

    @Override
    public void over(boolean stillOpen) {
      words.add("over, open " + stillOpen);
    }

    @Override
    public void broke(Throwable cause) {
      words.add(Faults.established(cause).reason());
    }

    String next() throws InterruptedException {
      String word = words.poll(50, TimeUnit.SECONDS);
      assertThat(word).as("something told in time").isNotNull();
      return String.valueOf(word);
    }
  }

  private final Told told = new Told();
  private TimedEventLoop loop;
  private ServerSocket target;

  @BeforeEach
  void begin() throws IOException {
    Assumptions.assumeTrue(Epoll.isAvailable(), "epoll cannot be loaded here");
    loop = new TimedEventLoop(Sockets.EPOLL, Thread::new);
    target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    target.close();
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private EpollWire connected() throws Exception {
    EpollWire wire = new EpollWire(loop, new ReusedReads(READ_BYTES), told);
    on(() -> wire.connect((InetSocketAddress) target.getLocalSocketAddress()));
    assertThat(told.next()).isEqualTo("connected");
    return wire;
  }

  private void on(Runnable what) throws Exception {
    loop.submit(what).get(50, TimeUnit.SECONDS);
  }

  @Test
  void whatTheSocketDoesNotTakeAtOnceIsSentLaterInItsOrder() throws Exception {
    EpollWire wire = connected();
    try (Socket peer = target.accept()) {
      on(
          () -> {
            wire.reuse();
            wire.send(Unpooled.directBuffer(MUCH).writeZero(MUCH - 1).writeByte(1));
            wire.send(Unpooled.directBuffer().writeByte(2));
          });
      for (int round = 0; round < 2; round++) {
        byte[] last = peer.getInputStream().readNBytes(MUCH + 1);
        assertThat(last).hasSize(MUCH + 1);
        assertThat(last[MUCH - 1]).isEqualTo((byte) 1);
        assertThat(last[MUCH]).isEqualTo((byte) 2);
        on(
            () -> {
              wire.send(Unpooled.directBuffer(MUCH).writeZero(MUCH - 1).writeByte(1));
              wire.send(Unpooled.directBuffer().writeByte(2));
            });
      }
      on(wire::reset);
    }
  }

  @Test
  void moreThanASocketHasReadInOneTurnIsReadInTheNextAndThenItsEnd() throws Exception {
    EpollWire wire = connected();
    CountDownLatch turn = new CountDownLatch(1);
    var held = loop.submit(() -> turn.await(50, TimeUnit.SECONDS));
    try (Socket peer = target.accept()) {
      peer.getOutputStream().write(new byte[WAITING]);
    }
    // It all waits by now, and the kernel tells of it once.
    turn.countDown();
    assertThat(held.get()).isTrue();
    assertThat(told.next()).isEqualTo("over, open true");
    on(wire::close);
    assertThat(told.bytes).hasValue(WAITING);
  }

  @Test
  void aResetIsAnErrorAndNotAnEnd() throws Exception {
    EpollWire wire = connected();
    Socket peer = target.accept();
    peer.setSoLinger(true, 0);
    peer.close();
    assertThat(told.next()).isEqualTo(Faults.RESET.reason());
    on(wire::reset);
    assertThat(told.words).isEmpty();
  }

  @Test
  void nobodyListensIsToldAsRefused() throws Exception {
    int port = target.getLocalPort();
    target.close();
    EpollWire wire = new EpollWire(loop, new ReusedReads(READ_BYTES), told);
    on(() -> wire.connect(new InetSocketAddress(target.getInetAddress(), port)));
    assertThat(told.next()).isEqualTo("connection refused");
    on(wire::reset);
  }

  @Test
  void anEventLoopThatEndsClosesItsSockets() throws Exception {
    EpollWire wire = connected();
    Path socket = Path.of("/proc/self/fd", String.valueOf(wire.fd().intValue()));
    try (Socket peer = target.accept()) {
      assertThat(Files.isSymbolicLink(socket)).isTrue();
      loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(wire.fd().isOpen()).isFalse();
  }
}
