package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsClient;
import dev.squall.runner.recording.Interval;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Levels;
import dev.squall.runner.recording.Snapshot;
import io.netty.util.ResourceLeakDetector;
import io.netty.util.concurrent.FastThreadLocalThread;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine on Netty: users and slots pinned to event loops, no thread for each. */
final class Swarm implements Engine {
  private static final long SHUTDOWN_MILLIS = 5_000;
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  static {
    if (System.getProperty(LEAK_DETECTION) == null) {
      // Its samples allocate on the hot path; tests that look for leaks set the property.
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);

  private final Sockets.Choice chosen;
  private final Addresses addresses;
  private final @Nullable TlsClient tls;
  private final boolean http2;
  private final List<UserLoop> loops = new ArrayList<>();
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicInteger loopsLeft = new AtomicInteger();

  Swarm(Workload workload, Share share, EngineOptions options) {
    Endpoint target = workload.target();
    http2 = target.http2();
    tls =
        target.tls()
            ? TlsClient.of(
                target.tlsSettings(),
                options.tlsProvider(),
                target.serverName(),
                target.port(),
                target.http2())
            : null;
    chosen = Sockets.of(options.transport());
    Sockets sockets = chosen.sockets();
    LOG.info("sockets by {}{}", sockets.label(), why());
    addresses = new Addresses(target, options.names());
    int count = eventLoops(target.connections().pool(), share, options);
    for (int i = 0; i < count; i++) {
      String name = "squall-load-" + i;
      TimedEventLoop eventLoop = new TimedEventLoop(sockets, task -> eventLoopThread(task, name));
      Dialer dialer = new Dialer(eventLoop, sockets::channel, tls, target.http2());
      LoopShare part = new LoopShare(share, new Share(i, count));
      loops.add(
          new UserLoop(eventLoop, dialer, part, workload, options, addresses, this::loopEnded));
    }
    new Deal(workload, share, options).to(loops);
    loopsLeft.set((int) loops.stream().filter(UserLoop::hasLoads).count());
  }

  /** An event loop without a connection could send nothing. */
  private static int eventLoops(
      ConnectionSettings.@Nullable Pool pool, Share share, EngineOptions options) {
    if (pool == null) {
      return options.eventLoops();
    }
    int connections = share.users(pool.max());
    if (connections == 0) {
      throw new IllegalArgumentException(
          "%d connections over %d runners leaves some of them none; raise spec.target.connections.max, or use fewer runners"
              .formatted(pool.max(), share.count()));
    }
    return Math.min(options.eventLoops(), connections);
  }

  /** A thread of Netty's own kind, for which its pools keep a cache without locks. */
  private static Thread eventLoopThread(Runnable task, String name) {
    Thread thread = new FastThreadLocalThread(task, name);
    thread.setDaemon(true);
    return thread;
  }

  private void loopEnded() {
    if (loopsLeft.decrementAndGet() == 0) {
      // On another thread, so that whoever waits may close the engine.
      completion.completeAsync(() -> null);
    }
  }

  @Override
  public CompletableFuture<Void> open() {
    return CompletableFuture.allOf(fromEach(UserLoop::open).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public String opening() {
    return fromEach(UserLoop::opening).stream()
        .reduce(Opening.Progress.NONE, Opening.Progress::plus)
        .words();
  }

  @Override
  public void start(long startNanos) {
    if (!started.compareAndSet(false, true)) {
      throw new IllegalStateException("the engine has been started before");
    }
    onEach(loop -> loop.start(startNanos));
  }

  @Override
  public void stop() {
    onEach(UserLoop::stop);
  }

  @Override
  public void abort() {
    onEach(UserLoop::abort);
  }

  private void onEach(Consumer<UserLoop> action) {
    if (loopsLeft.get() == 0) {
      // A share without loads has nothing to wait for.
      completion.complete(null);
    }
    List<UserLoop> _ =
        fromEach(
            loop -> {
              action.accept(loop);
              return loop;
            });
  }

  /** Runs something on each event loop, or here if they are gone, and waits for all. */
  private <T> List<T> fromEach(Function<UserLoop, T> question) {
    List<CompletableFuture<T>> answers = new ArrayList<>();
    for (UserLoop loop : loops) {
      answers.add(ask(loop, question));
    }
    return answers.stream().map(CompletableFuture::join).toList();
  }

  private static <T> CompletableFuture<T> ask(UserLoop loop, Function<UserLoop, T> question) {
    CompletableFuture<T> answer = new CompletableFuture<>();
    try {
      loop.eventLoop()
          .execute(
              () -> {
                try {
                  answer.complete(question.apply(loop));
                } catch (RuntimeException e) {
                  answer.completeExceptionally(e);
                }
              });
    } catch (RejectedExecutionException _) {
      loop.eventLoop().terminationFuture().awaitUninterruptibly();
      answer.complete(question.apply(loop));
    }
    return answer;
  }

  @Override
  public String transport() {
    return chosen.sockets().label();
  }

  @Override
  public Optional<String> transportReason() {
    return Optional.ofNullable(chosen.reason());
  }

  private String why() {
    return chosen.reason() == null ? "" : " (" + chosen.reason() + ")";
  }

  @Override
  public Optional<String> tlsProvider() {
    return Optional.ofNullable(tls).map(TlsClient::provider);
  }

  @Override
  public String protocol() {
    if (!http2) {
      return "HTTP/1.1";
    }
    return tls == null ? "HTTP/2 (prior knowledge)" : "HTTP/2 (ALPN)";
  }

  @Override
  public int users() {
    return fromEach(UserLoop::running).stream().mapToInt(Integer::intValue).sum();
  }

  @Override
  public boolean finished() {
    return completion.isDone();
  }

  @Override
  public CompletableFuture<Void> completion() {
    return completion.copy();
  }

  private record Cut(Interval interval, Levels levels) {}

  @Override
  public Snapshot cut(int interval) {
    boolean last = finished();
    List<Cut> cuts = fromEach(loop -> new Cut(loop.swap(), loop.levels()));
    List<Interval> intervals = cuts.stream().map(Cut::interval).toList();
    Levels levels = cuts.stream().map(Cut::levels).reduce(Levels.NONE, Levels::plus);
    Snapshot snapshot = Interval.snapshot(interval, levels, last, intervals, addresses.take());
    intervals.forEach(Interval::reset);
    return snapshot;
  }

  @Override
  public Lag lag() {
    Lag all = new Lag();
    fromEach(UserLoop::takeLag).forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    abort();
    addresses.close();
    for (UserLoop loop : loops) {
      var _ = loop.eventLoop().shutdownGracefully(0, SHUTDOWN_MILLIS, TimeUnit.MILLISECONDS);
    }
    for (UserLoop loop : loops) {
      loop.eventLoop().terminationFuture().awaitUninterruptibly(SHUTDOWN_MILLIS);
    }
  }
}
