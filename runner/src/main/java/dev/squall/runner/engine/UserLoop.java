package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Bytes;
import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.recording.FirstAnswer;
import dev.squall.runner.recording.Interval;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Levels;
import io.netty.buffer.ByteBuf;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * The loads of one event loop, and what they share: timers, scratch space, the recording. Once
 * started, only the event loop calls it.
 */
final class UserLoop {
  /** Longer requests are rare; each of those gets a buffer of its own. */
  private static final int WRITE_BYTES = 65_536;

  private final TimedEventLoop eventLoop;
  private final EngineOptions options;
  private final long connectTimeoutNanos;
  private final Addresses addresses;
  private final Lives lives;
  private final @Nullable Pool pool;
  private final Dialer dialer;
  private final Connections connections;
  private final Exchanges exchanges;
  private final Draw draw;
  private final Runnable whenAllEnded;
  private final int datasets;
  private final List<LoadRun> runs = new ArrayList<>();
  private final Beats beats;
  private final Bytes headOut = new Bytes(1024);
  private final Bytes bodyOut = new Bytes(1024);
  private final ReusedBuffer out = new ReusedBuffer(WRITE_BYTES);
  private final byte[] window = Lines.window();
  private final ParsedResponse response = new ParsedResponse();
  private Interval recording;
  private Interval spare;
  private boolean stopping;
  private boolean answered;
  private long startNanos;
  private int left;
  private long inFlight;

  /**
   * Without loads yet; calls back on the event loop when all of them have ended.
   *
   * @param part its part of what is shared out
   */
  UserLoop(
      TimedEventLoop eventLoop,
      Dialer dialer,
      LoopShare part,
      Workload workload,
      EngineOptions options,
      Addresses addresses,
      Runnable whenAllEnded) {
    this.eventLoop = eventLoop;
    this.beats = new Beats(eventLoop.timers());
    this.options = options;
    this.connectTimeoutNanos = options.connectTimeout().toNanos();
    this.addresses = addresses;
    ConnectionSettings settings = workload.target().connections();
    ConnectionSettings.Pool shared = settings.pool();
    this.lives = new Lives(settings);
    if (workload.target().http2()) {
      Http2Scratch scratch = new Http2Scratch(options.maxBodyBytes());
      this.pool = shared == null ? null : new SharedStreams(this, dialer, scratch, shared, part);
      this.connections =
          pool == null ? new OwnStreams(this, dialer, scratch, settings.spread()) : pool;
    } else {
      this.pool = shared == null ? null : new SharedConnections(this, dialer, shared, part);
      this.connections = pool == null ? new OwnConnections(this, dialer, settings.spread()) : pool;
    }
    this.exchanges = new Exchanges(timers(), pool != null);
    this.dialer = dialer;
    this.draw = new Draw(workload.seed(), workload.lanes());
    this.datasets = workload.datasets().size();
    this.whenAllEnded = whenAllEnded;
    List<Interval.Name> names =
        workload.series().stream().map(s -> new Interval.Name(s.name(), s.method())).toList();
    List<Interval.LoadName> loads =
        workload.loads().stream()
            .map(Load::terms)
            .map(load -> new Interval.LoadName(load.name(), load.warmUp(), load.apart()))
            .toList();
    this.recording = new Interval(names, loads);
    this.spare = new Interval(names, loads);
    dialer.countIn(recording.connections());
  }

  /** Adds a load that has something to do here, before the start. */
  void add(LoadRun run) {
    runs.add(run);
    left++;
  }

  boolean hasLoads() {
    return !runs.isEmpty();
  }

  TimedEventLoop eventLoop() {
    return eventLoop;
  }

  /** Opens the connections that are to be open before the start; completes when they are. */
  CompletableFuture<Void> open() {
    return pool == null || stopping
        ? CompletableFuture.completedFuture(null)
        : pool.opening().begin(System.nanoTime());
  }

  /** How that stands. */
  Opening.Progress opening() {
    return pool == null ? Opening.Progress.NONE : pool.opening().progress();
  }

  /** Names the start instant. */
  void start(long instantNanos) {
    startNanos = instantNanos;
    if (!stopping) {
      if (pool != null) {
        pool.opening().until(instantNanos, System.nanoTime());
      }
      if (left > 0) {
        beats.begin(instantNanos);
      }
      runs.forEach(run -> run.start(instantNanos));
    }
  }

  /** Starts no further request. */
  void stop() {
    stopping = true;
    if (pool != null) {
      pool.opening().end();
    }
    long now = System.nanoTime();
    runs.forEach(run -> run.stop(now));
  }

  /** Ends everything now. */
  void abort() {
    stopping = true;
    long now = System.nanoTime();
    runs.forEach(run -> run.abort(now));
    connections.close();
  }

  /** A load has nothing more to do here. */
  void runOver() {
    if (--left == 0) {
      beats.end();
      connections.close();
      whenAllEnded.run();
    }
  }

  void requestBegun() {
    inFlight++;
  }

  void requestOver() {
    inFlight--;
  }

  /** A whole answer came. */
  void answered(long doneNanos, long responseTimeNanos) {
    if (!answered) {
      answered = true;
      recording.firstAnswer(new FirstAnswer(doneNanos - startNanos, responseTimeNanos));
    }
  }

  /** Users running. */
  int running() {
    return runs.stream().mapToInt(LoadRun::users).sum();
  }

  /** How things stand now. */
  Levels levels() {
    return new Levels(running(), inFlight, runs.stream().mapToLong(LoadRun::waiting).sum());
  }

  /** Takes what was recorded; it is to be given back, reset, before the next call. */
  Interval swap() {
    long now = System.nanoTime();
    runs.forEach(run -> run.account(now));
    Interval full = recording;
    recording = spare;
    dialer.countIn(recording.connections());
    spare = full;
    return full;
  }

  /** Takes how late the loop came to its beats. */
  Lag takeLag() {
    return beats.take();
  }

  boolean stopping() {
    return stopping;
  }

  Timers timers() {
    return eventLoop.timers();
  }

  Interval recording() {
    return recording;
  }

  /** Counts the request just recorded as a failure. */
  void fail(int load, int series, Refusal refusal) {
    recording.fail(load, series, refusal.kind(), refusal.reason(), System.currentTimeMillis());
  }

  /** Number of datasets of the test. */
  int datasets() {
    return datasets;
  }

  Draw draw() {
    return draw;
  }

  Addresses addresses() {
    return addresses;
  }

  /** Where its exchanges get what carries their requests. */
  Connections connections() {
    return connections;
  }

  /** What does its users' requests. */
  Exchanges exchanges() {
    return exchanges;
  }

  /** How long its connections live. */
  Lives lives() {
    return lives;
  }

  long connectTimeoutNanos() {
    return connectTimeoutNanos;
  }

  /** The answer that is looked at. */
  ParsedResponse response() {
    return response;
  }

  ResponseParser newParser() {
    return new ResponseParser(window, options.maxBodyBytes());
  }

  ByteBuf encode(
      RequestEncoder encoder,
      Draw pointed,
      @Nullable String[] captured,
      @Nullable Browsing browsing) {
    return encoder.encode(pointed, captured, headOut, bodyOut, browsing, out);
  }
}
