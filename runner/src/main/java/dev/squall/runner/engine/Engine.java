package dev.squall.runner.engine;

import dev.squall.runner.recording.Lag;
import dev.squall.runner.recording.Snapshot;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;

/**
 * Sends one runner's share of a load. Methods may be called from any thread but an event loop's;
 * {@link #cut} by one thread only.
 */
public interface Engine extends AutoCloseable {
  /**
   * Prepares everything, sends nothing; starts resolving the target's name.
   *
   * @param workload what to send
   * @param share which part of it
   * @param options how
   */
  static Engine create(Workload workload, Share share, EngineOptions options) {
    return new Swarm(workload, share, options);
  }

  /**
   * Opens the connections that are to be open before the start, at their rate; those that fail are
   * tried again until the start instant. An engine that is started without it opens as many as it
   * can until then.
   *
   * @return completes when all are open, at once if there are none
   */
  default CompletableFuture<Void> open() {
    return CompletableFuture.completedFuture(null);
  }

  /** What {@link #open} still waits for, in a few words; empty if for nothing. */
  default String opening() {
    return "";
  }

  /**
   * Names the start instant; to be called once.
   *
   * @param startNanos on the scale of {@link System#nanoTime}; may be in the future
   */
  void start(long startNanos);

  /**
   * Starts no further request once this returns; those in flight get the load's graceful stop, then
   * count as interrupted. onStop tasks are not run.
   */
  void stop();

  /** Closes all connections within milliseconds; requests in flight count as interrupted. */
  void abort();

  /** How sockets are driven: {@code io_uring}, {@code epoll} or {@code nio}. */
  String transport();

  /** Why they are not driven by a better way; empty if there is none. */
  default Optional<String> transportReason() {
    return Optional.empty();
  }

  /** Who does TLS, such as BoringSSL; empty for a target without. */
  default Optional<String> tlsProvider() {
    return Optional.empty();
  }

  /** What connections speak: {@code HTTP/1.1}, or {@code HTTP/2} and how that was agreed on. */
  default String protocol() {
    return "HTTP/1.1";
  }

  /** Users running now: started and not ended. */
  int users();

  /** Whether every user has ended. */
  boolean finished();

  /** Completes when every user has ended: the load is over, or stopped, or aborted. */
  CompletableFuture<Void> completion();

  /**
   * Takes what was recorded since the last cut; blocks at most milliseconds. Still answers after
   * {@link #close}.
   *
   * @param interval number of the interval that ends now
   */
  Snapshot cut(int interval);

  /**
   * Takes how late the event loops came to their beats since the last call: every 50 ms from the
   * start instant on, while they have users. Blocks at most milliseconds.
   */
  Lag lag();

  /** Aborts what still runs and ends the event loops. */
  @Override
  void close();
}
