package dev.squall.runner.engine;

import dev.squall.runner.engine.payload.Draw;
import dev.squall.runner.recording.Interval;
import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Levels;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/**
 * The loads of one event loop, and what they share: timers, scratch space, the recording. Once
 * started, only the event loop calls it.
 */
final class UserLoop {
  /** What its requests are written with, and its answers read. */
  final Scratch scratch;

  final Recordings recordings;

  private final TimedEventLoop eventLoop;
  private final Addresses addresses;
  private final Lives lives;
  private final Connections connections;
  private final Exchanges exchanges;
  private final Draw draw;
  private final Runnable whenAllEnded;
  private final int datasets;
  private final List<LoadRun> runs = new ArrayList<>();
  private final Beats beats;
  private boolean stopping;
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
    this.scratch = new Scratch(options.maxBodyBytes());
    this.addresses = addresses;
    this.lives = new Lives(workload.target().connections(), options.connectTimeout());
    this.connections =
        Connections.of(this, dialer, part, workload.target(), options.maxBodyBytes());
    this.exchanges = new Exchanges(timers(), workload.target().connections().pool() != null);
    this.draw = new Draw(workload.seed(), workload.lanes());
    this.datasets = workload.datasets().size();
    this.whenAllEnded = whenAllEnded;
    this.recordings = new Recordings(workload, dialer, options.newTrace());
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
    Opening opening = connections.opening();
    return opening == null || stopping
        ? CompletableFuture.completedFuture(null)
        : opening.begin(System.nanoTime());
  }

  /** How that stands. */
  Opening.Progress opening() {
    Opening opening = connections.opening();
    return opening == null ? Opening.Progress.NONE : opening.progress();
  }

  /** Names the start instant. */
  void start(long instantNanos) {
    recordings.begin(instantNanos);
    if (!stopping) {
      Opening opening = connections.opening();
      if (opening != null) {
        opening.until(instantNanos, System.nanoTime());
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
    Opening opening = connections.opening();
    if (opening != null) {
      opening.end();
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
    return recordings.swap();
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
}
