package dev.squall.runner.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.squall.runner.engine.EngineOptions.Transport;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import javax.net.ssl.SSLEngine;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedClass;
import org.junit.jupiter.params.provider.EnumSource;

/** What a socket straight on epoll, or on io_uring, does at its edges. */
@Timeout(180)
@ParameterizedClass
@EnumSource(names = {"EPOLL", "IO_URING"})
class StraightWireIT {
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
    public void shaken(SSLEngine tls, @Nullable String protocol) {
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

  private final Sockets sockets;
  private final Told told = new Told();
  private TimedEventLoop loop;
  private ServerSocket target;

  StraightWireIT(Sockets sockets) {
    this.sockets = sockets;
  }

  @BeforeEach
  void begin() throws IOException {
    Sockets.Choice here = Sockets.of(Transport.valueOf(sockets.name()));
    Assumptions.assumeTrue(here.sockets() == sockets, String.valueOf(here.reason()));
    loop = new TimedEventLoop(sockets, Thread::new);
    target = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
  }

  @AfterEach
  void end() throws IOException {
    target.close();
    loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }

  private StraightWire connected() throws Exception {
    return connected(told);
  }

  private StraightWire connected(Told owner) throws Exception {
    StraightWire wire = connecting(owner, (InetSocketAddress) target.getLocalSocketAddress());
    assertThat(owner.next()).isEqualTo("connected");
    return wire;
  }

  private StraightWire connecting(Told owner, InetSocketAddress to) throws Exception {
    return on(
        () -> {
          StraightWire wire =
              sockets == Sockets.EPOLL
                  ? new EpollWire(loop, new ReusedReads(READ_BYTES), owner)
                  : new RingWire(loop, owner);
          wire.connect(to);
          return wire;
        });
  }

  private void on(Runnable what) throws Exception {
    on(
        () -> {
          what.run();
          return true;
        });
  }

  private <T> T on(Callable<T> what) throws Exception {
    return loop.submit(what).get(50, TimeUnit.SECONDS);
  }

  /** Sockets that this process has open. */
  private static long socketsOpen() throws IOException {
    long open = 0;
    try (var all = Files.newDirectoryStream(Path.of("/proc/self/fd"))) {
      for (Path one : all) {
        try {
          open += Files.readSymbolicLink(one).toString().startsWith("socket:") ? 1 : 0;
        } catch (NoSuchFileException _) {
          // The listing's own.
        }
      }
    }
    return open;
  }

  @Test
  void whatTheSocketDoesNotTakeAtOnceIsSentLaterInItsOrder() throws Exception {
    StraightWire wire = connected();
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
    StraightWire wire = connected();
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
    StraightWire wire = connected();
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
    StraightWire wire = connecting(told, new InetSocketAddress(target.getInetAddress(), port));
    assertThat(told.next()).isEqualTo("connection refused");
    on(wire::reset);
  }

  @Test
  void anEventLoopThatEndsClosesItsSockets() throws Exception {
    StraightWire wire = connected();
    Path socket = Path.of("/proc/self/fd", String.valueOf(wire.fd().intValue()));
    try (Socket peer = target.accept()) {
      assertThat(Files.isSymbolicLink(socket)).isTrue();
      loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
      assertThat(peer.getInputStream().read()).isEqualTo(-1);
    }
    assertThat(wire.fd().isOpen()).isFalse();
  }

  @Test
  void moreSocketsThanThereAreBuffersAreAllRead() throws Exception {
    int many = 400;
    List<Socket> peers = new ArrayList<>();
    List<StraightWire> wires = new ArrayList<>();
    for (int i = 0; i < many; i++) {
      wires.add(connected());
      peers.add(target.accept());
    }
    CountDownLatch turn = new CountDownLatch(1);
    var held = loop.submit(() -> turn.await(50, TimeUnit.SECONDS));
    for (Socket peer : peers) {
      peer.getOutputStream().write(new byte[READ_BYTES]);
    }
    // All have something to read at once.
    turn.countDown();
    assertThat(held.get()).isTrue();
    LifeIT.await(() -> told.bytes.get() == (long) many * READ_BYTES);
    for (int i = 0; i < many; i++) {
      on(wires.get(i)::reset);
      peers.get(i).close();
    }
    assertThat(told.words).isEmpty();
  }

  @Test
  void aResetWithBytesUnreadEndsTheConnectionAndTellsNothingMore() throws Exception {
    StraightWire wire = connected();
    try (Socket peer = target.accept()) {
      CountDownLatch holds = new CountDownLatch(1);
      CountDownLatch turn = new CountDownLatch(1);
      var held =
          loop.submit(
              () -> {
                holds.countDown();
                assertThat(turn.await(50, TimeUnit.SECONDS)).isTrue();
                wire.reset();
                wire.close();
                return true;
              });
      // Else the loop may read before it is held.
      assertThat(holds.await(50, TimeUnit.SECONDS)).isTrue();
      peer.getOutputStream().write(new byte[READ_BYTES]);
      turn.countDown();
      assertThat(held.get()).isTrue();
      assertThatThrownBy(() -> peer.getInputStream().read()).hasMessageContaining("reset");
    }
    on(() -> {});
    assertThat(told.bytes).hasValue(0);
    assertThat(told.words).isEmpty();
  }

  @Test
  void thoseThatAreResetOrClosedLeaveNoSocketOpen() throws Exception {
    long before = socketsOpen();
    ByteBuf much = Unpooled.directBuffer(MUCH).writeZero(MUCH);
    for (int i = 0; i < 1_000; i++) {
      StraightWire wire = connected();
      Socket peer = target.accept();
      if (i % 3 == 0) {
        peer.close();
        assertThat(told.next()).isEqualTo("over, open true");
        on(wire::close);
      } else if (i % 3 == 1) {
        peer.getOutputStream().write(1);
        on(wire::reset);
        peer.close();
      } else {
        // Its room to write is waited for.
        on(() -> wire.send(much.retainedDuplicate()));
        on(wire::reset);
        peer.close();
      }
    }
    LifeIT.await(() -> left() <= before);
    assertThat(much.refCnt()).isEqualTo(1);
    much.release();
  }

  private static long left() {
    try {
      return socketsOpen();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  @Test
  void aConnectThatIsGivenUpTellsNothing() throws Exception {
    // Its backlog is full: further connections wait.
    try (ServerSocket full = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      var to = (InetSocketAddress) full.getLocalSocketAddress();
      List<StraightWire> wires = new ArrayList<>();
      for (int i = 0; i < 4; i++) {
        wires.add(connecting(new Told(), to));
      }
      StraightWire last = connecting(told, to);
      on(last::reset);
      for (StraightWire wire : wires) {
        on(wire::reset);
      }
      on(() -> {});
      assertThat(last.fd().isOpen()).isFalse();
      assertThat(told.words).isEmpty();
    }
  }
}
