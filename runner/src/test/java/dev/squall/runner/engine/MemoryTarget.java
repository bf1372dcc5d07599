package dev.squall.runner.engine;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.socket.ChannelInputShutdownEvent;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A target without a network that says what it is told to a few requests over HTTP/2; it takes one
 * connection and refuses others. The engine's event loop, connections, exchanges and recording are
 * the real ones. What they throw comes to the caller, and time passes only when all is said.
 */
final class MemoryTarget implements AutoCloseable {
  private static final long LATER_NANOS = 2 * MemoryRequests.TIMEOUT.toNanos();

  /** Times that may pass at the end; the timers of a few requests are fewer. */
  private static final int MOST_TURNS = 100;

  private final TimedEventLoop eventLoop = new TimedEventLoop(Sockets.NIO, MemoryTarget::thread);
  private final List<MemorySocket> sockets = new ArrayList<>();
  private final MemoryRequests requests;
  private final UserLoop loop;

  /**
   * What came of it.
   *
   * @param requests of each request the answer, or the kind and reason of its failure
   * @param left whether the connection was closed before the target did that
   * @param written what was written to the target, in short
   */
  record Outcome(List<String> requests, boolean left, String written) {}

  /** For one request on a connection of its own, or several that share one. */
  MemoryTarget(int count) {
    Endpoint endpoint =
        new Endpoint(false, "127.0.0.1", 1, "")
            .withProtocol(HttpProtocol.HTTP2)
            .withConnections(
                count == 1 ? ConnectionSettings.perUser() : ConnectionSettings.shared(1));
    EngineOptions options = EngineOptions.defaults();
    requests = new MemoryRequests(endpoint, options, count);
    loop =
        new UserLoop(
            eventLoop,
            new Dialer(eventLoop, this::socket, null, true),
            new LoopShare(Share.whole(), Share.whole()),
            requests.workload,
            options,
            new Addresses(endpoint, options.names()),
            () -> {});
  }

  private static Thread thread(Runnable task) {
    Thread thread = new FastThreadLocalThread(task, "memory-target");
    thread.setDaemon(true);
    return thread;
  }

  private MemorySocket socket() {
    MemorySocket next = new MemorySocket(!sockets.isEmpty());
    sockets.add(next);
    return next;
  }

  /** Says one thing after another, each on a connection of its own. */
  List<Outcome> says(List<Said> all) throws Exception {
    return eventLoop
        .submit(
            () -> {
              List<Outcome> outcomes = new ArrayList<>();
              for (Said said : all) {
                outcomes.add(play(said));
              }
              return outcomes;
            })
        .get(60, TimeUnit.SECONDS);
  }

  private Outcome play(Said said) throws Exception {
    sockets.clear();
    requests.begin(loop);
    MemorySocket socket = sockets.getFirst();
    ChannelHandlerContext ctx = socket.pipeline().lastContext();
    NettyWire reader = (NettyWire) ctx.handler();
    for (int i = 0; i < said.pieces() && socket.isOpen(); i++) {
      byte[] piece = said.piece(i);
      if (piece.length > 0) {
        read(reader, ctx, Unpooled.wrappedBuffer(piece));
      }
    }
    if (said.end == Said.End.SILENCE) {
      passTime();
    }
    boolean left = !socket.isOpen();
    if (!left) {
      reader.userEventTriggered(ctx, ChannelInputShutdownEvent.INSTANCE);
    }
    Outcome outcome = new Outcome(requests.outcomes(loop), left, socket.written());
    passTime();
    if (socket.isOpen() || (loop.connections() instanceof Pool pool && pool.count() > 0)) {
      throw new AssertionError("a connection that is left over after " + outcome);
    }
    return outcome;
  }

  /** Past the pipeline, which would take what is thrown for an error of the socket. */
  private static void read(NettyWire reader, ChannelHandlerContext ctx, ByteBuf piece)
      throws Exception {
    reader.channelRead(ctx, piece);
    if (piece.refCnt() != 0) {
      throw new AssertionError("a piece that nobody gave back");
    }
  }

  /** Lets all times come that something waits for. */
  private void passTime() {
    long later = System.nanoTime() + LATER_NANOS;
    for (int turn = 0; loop.timers().nextNanos() != Timers.NEVER; turn++) {
      if (turn == MOST_TURNS) {
        throw new AssertionError("timers without end");
      }
      loop.timers().fireDue(later);
    }
  }

  @Override
  public void close() {
    eventLoop.shutdownGracefully(0, 5, TimeUnit.SECONDS).awaitUninterruptibly();
  }
}
