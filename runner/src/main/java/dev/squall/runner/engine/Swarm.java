package dev.squall.runner.engine;

import dev.squall.runner.engine.tls.TlsClient;
import dev.squall.runner.recording.Interval;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Levels;
import dev.squall.runner.recording.Snapshot;
import io.netty.util.ResourceLeakDetector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The engine on Netty: users and slots pinned to event loops, no thread for each. */
final class Swarm implements Engine {
  private static final String LEAK_DETECTION = "io.netty.leakDetection.level";

  static {
    if (System.getProperty(LEAK_DETECTION) == null) {
      // Its samples allocate on the hot path; tests that look for leaks set the property.
      ResourceLeakDetector.setLevel(ResourceLeakDetector.Level.DISABLED);
    }
  }

  private static final Logger LOG = LoggerFactory.getLogger(Swarm.class);

  private final Sockets.Choice chosen;
  private final Endpoint target;
  private final Addresses addresses;
  private final @Nullable TlsClient tls;
  private final UserLoops loops;
  private final CompletableFuture<Void> completion = new CompletableFuture<>();
  private final AtomicBoolean started = new AtomicBoolean();
  private final AtomicBoolean closed = new AtomicBoolean();
  private final AtomicInteger loopsLeft = new AtomicInteger();

  Swarm(Workload workload, Share share, EngineOptions options) {
    target = workload.target();
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
    ConnectionSettings.Pool pool = target.connections().pool();
    int count = pool == null ? options.eventLoops() : pool.eventLoops(share, options.eventLoops());
    List<UserLoop> each = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      TimedEventLoop eventLoop = UserLoops.eventLoop(sockets, i);
      Dialer dialer = new Dialer(eventLoop, sockets::channel, tls, target.http2());
      LoopShare part = new LoopShare(share, new Share(i, count));
      each.add(
          new UserLoop(eventLoop, dialer, part, workload, options, addresses, this::loopEnded));
    }
    new Deal(workload, share, options).to(each);
    loops = new UserLoops(each);
    loopsLeft.set((int) each.stream().filter(UserLoop::hasLoads).count());
  }

  private void loopEnded() {
    if (loopsLeft.decrementAndGet() == 0) {
      // On another thread, so that whoever waits may close the engine.
      completion.completeAsync(() -> null);
    }
  }

  @Override
  public CompletableFuture<Void> open() {
    return CompletableFuture.allOf(
        loops.fromEach(UserLoop::open).toArray(CompletableFuture<?>[]::new));
  }

  @Override
  public String opening() {
    return loops.fromEach(UserLoop::opening).stream()
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
    loops.onEach(action);
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
    return target.protocolName();
  }

  @Override
  public int users() {
    return loops.fromEach(UserLoop::running).stream().mapToInt(Integer::intValue).sum();
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
    List<Cut> cuts = loops.fromEach(loop -> new Cut(loop.swap(), loop.levels()));
    List<Interval> intervals = cuts.stream().map(Cut::interval).toList();
    Levels levels = cuts.stream().map(Cut::levels).reduce(Levels.NONE, Levels::plus);
    Snapshot snapshot = Interval.snapshot(interval, levels, last, intervals, addresses.take());
    intervals.forEach(Interval::reset);
    return snapshot;
  }

  @Override
  public Lag lag() {
    Lag all = new Lag();
    loops.fromEach(UserLoop::takeLag).forEach(all::add);
    return all;
  }

  @Override
  public void close() {
    abort();
    addresses.close();
    loops.close();
    if (tls != null && closed.compareAndSet(false, true)) {
      tls.close();
    }
  }
}
